using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Diagnostics;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Embedded.Silos;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Embedded.Client;

/// <summary>The job grid of this process.</summary>
internal sealed class EmbeddedJobClient(
    GridLife life,
    EmbeddedJobs jobs,
    SubmitDesk submits,
    GridReader reader,
    EmbeddedClassSettings settings,
    DispatcherNotifier notifier,
    JobClassRegistry classes,
    JobSerializer serializer,
    TimeProvider time) : IJobClient
{
    public JobSerializer Serializer => serializer;

    public Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(
        IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        return submissions.Count > JobLimits.MaxSubmitBatch
            ? throw new BatchTooLargeException(submissions.Count, JobLimits.MaxSubmitBatch)
            : submissions.Count > 0 && SubmitTelemetry.IsOn
            ? SubmitTelemetry.ShowAsync(submissions, jobs => SendAsync(jobs, cancellationToken), time)
            : SendAsync(submissions, cancellationToken);
    }

    public async Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken = default) =>
        (await AskAsync(() => jobs.FindAsync(id), cancellationToken))?.ToSnapshot(time.GetUtcNow());

    public async Task<JobSnapshot> WaitForChangeAsync(
        JobId id, long seenVersion, TimeSpan waitUpTo, CancellationToken cancellationToken = default)
    {
        var job = await AskAsync(() => jobs.WaitForChangeAsync(id, seenVersion, waitUpTo), cancellationToken);
        return job?.ToSnapshot(time.GetUtcNow()) ?? throw new JobNotFoundException(id);
    }

    public Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            var job = await jobs.FindAsync(id) ?? throw new JobNotFoundException(id);
            return await reader.ExplainAsync(job.JobClass, job.State, job.LastError, job.SiloLosses, job.ToWaiting());
        },
        cancellationToken);

    public Task<JobSnapshot> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default) =>
        AskAsync(() => jobs.CommandAsync(id, new Cancel(reason), "cancelled"), cancellationToken);

    public Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken = default) =>
        AskAsync(() => jobs.CommandAsync(id, new RetryNow(), "retried"), cancellationToken);

    public Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken = default) =>
        AskAsync(() => jobs.CommandAsync(id, new SendToDeadLetters(reason), "dead-lettered"), cancellationToken);

    public Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken = default) =>
        AskAsync(() => jobs.CommandAsync(id, new Delete(), "deleted"), cancellationToken);

    public Task<JobPage> ListAsync(
        JobFilter filter, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.ListAsync(filter, cursor, limit), cancellationToken);

    public Task<IReadOnlyList<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken = default) =>
        AskAsync(reader.GetClassesAsync, cancellationToken);

    public Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.GetClassAsync(jobClass), cancellationToken);

    public Task<JobClassSettings> ChangeClassAsync(
        string jobClass, JobClassChange change, CancellationToken cancellationToken = default) => AskAsync(
        async () =>
        {
            var name = classes.Get(jobClass).Name;
            var inForce = await settings.ChangeAsync(name, change);
            await notifier.ApplyAsync(name, inForce);
            return inForce;
        },
        cancellationToken);

    public Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(
        string jobClass, long after, int limit, TimeSpan waitUpTo, CancellationToken cancellationToken = default) =>
        AskAsync(() => reader.ReadFinishedAsync(jobClass, after, limit, waitUpTo), cancellationToken);

    private Task<IReadOnlyList<SubmitOutcome>> SendAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) =>
        AskAsync(() => submissions.Count == 1 ? SubmitOneAsync(submissions[0]) : submits.SubmitManyAsync(submissions), cancellationToken);

    private async Task<IReadOnlyList<SubmitOutcome>> SubmitOneAsync(JobSubmission submission)
    {
        try
        {
            return [await jobs.SubmitAsync(submission)];
        }
        catch (JobsException exception)
        {
            return [SubmitDesk.Refused(submission, exception)];
        }
    }

    /// <summary>Whoever stops waiting does not stop what was asked.</summary>
    private Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        life.Check();
        return ask().WaitAsync(cancellationToken);
    }
}
