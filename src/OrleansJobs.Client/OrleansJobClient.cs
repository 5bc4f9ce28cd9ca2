using OrleansJobs.Client.Grains;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Client;

/// <summary>The job grid over an Orleans client: from outside the cluster, or inside a silo.</summary>
public sealed class OrleansJobClient : IJobClient
{
    private readonly IGridGrain _grid;
    private readonly GuidGrains<IJobGrain> _jobs;

    /// <summary>Makes a client of the grid that the grain factory reaches.</summary>
    public OrleansJobClient(IGrainFactory grains, JobSerializer? serializer = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        _grid = grains.GetGrain<IGridGrain>(0);
        _jobs = new GuidGrains<IJobGrain>(grains);
        Serializer = serializer ?? JobSerializer.Default;
    }

    /// <inheritdoc/>
    public JobSerializer Serializer { get; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(
        IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        return submissions.Count switch
        {
            0 => [],
            > JobLimits.MaxSubmitBatch => throw new BatchTooLargeException(submissions.Count, JobLimits.MaxSubmitBatch),
            _ when SubmitTelemetry.IsOn => await SubmitTelemetry.ShowAsync(submissions, jobs => SendAsync(jobs, cancellationToken), TimeProvider.System),
            _ => await SendAsync(submissions, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public async Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var reply = await GridCall.RunAsync(Job(id).GetAsync(), cancellationToken);
        return reply.Error?.Code == "job-not-found" ? null : reply.ValueOrThrow();
    }

    /// <inheritdoc/>
    public Task<JobSnapshot> WaitForChangeAsync(
        JobId id, long seenVersion, TimeSpan waitUpTo, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(Job(id).WaitForChangeAsync(seenVersion, waitUpTo), cancellationToken);

    /// <inheritdoc/>
    public Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.ExplainAsync(id), cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(Job(id).CancelAsync(reason), cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(Job(id).RetryAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(Job(id).DeadLetterAsync(reason), cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(Job(id).DeleteAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<JobPage> ListAsync(
        JobFilter filter, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.ListAsync(filter, cursor, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetClassesAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.GetClassAsync(jobClass), cancellationToken);

    /// <inheritdoc/>
    public Task<JobClassSettings> ChangeClassAsync(
        string jobClass, JobClassChange change, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.ChangeClassAsync(jobClass, change), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(
        string jobClass, long after, int limit, TimeSpan waitUpTo, CancellationToken cancellationToken = default) =>
        GridCall.ValueAsync(_grid.ReadFinishedAsync(jobClass, after, limit, waitUpTo), cancellationToken);

    private IJobGrain Job(JobId id) => _jobs.Get(id.Value);

    private async Task<IReadOnlyList<SubmitOutcome>> SendAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken) =>
        submissions.Count == 1
            ? [await SubmitOneAsync(submissions[0], cancellationToken)]
            : await SubmitBatchAsync(submissions, cancellationToken);

    private async Task<SubmitOutcome> SubmitOneAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        if (submission.Id == default)
        {
            return Refused(submission, new InvalidRequestException("Id is empty; a job id is a UUID."));
        }

        if (submission.Payload.Length > JobLimits.MaxPayloadBytes)
        {
            // The grid would say the same, if the message came through at all.
            return Refused(submission, new PayloadTooLargeException("payload", submission.Payload.Length, JobLimits.MaxPayloadBytes));
        }

        NewJobHint.Set(submission.Id);
        var reply = await GridCall.RunAsync(Job(submission.Id).SubmitAsync(submission), cancellationToken);
        return ToOutcome(submission, reply);
    }

    private async Task<IReadOnlyList<SubmitOutcome>> SubmitBatchAsync(
        IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        var outcomes = new List<SubmitOutcome>(submissions.Count);
        foreach (var part in SubmitParts.Of(submissions))
        {
            outcomes.AddRange(part.Count == 1
                ? [await SubmitOneAsync(part[0], cancellationToken)]
                : await SubmitPartAsync(part, cancellationToken));
        }

        return outcomes;
    }

    private async Task<IEnumerable<SubmitOutcome>> SubmitPartAsync(
        IReadOnlyList<JobSubmission> part, CancellationToken cancellationToken)
    {
        var replies = await GridCall.ValueAsync(_grid.SubmitManyAsync(part), cancellationToken);
        return part.Zip(replies, ToOutcome);
    }

    private static SubmitOutcome Refused(JobSubmission submission, JobsException error) =>
        ToOutcome(submission, Reply<SubmitReceipt>.Failed(error));

    private static SubmitOutcome ToOutcome(JobSubmission submission, Reply<SubmitReceipt> reply) => reply.Error is { } error
        ? new SubmitOutcome(submission.Id, SubmitStatus.Refused, error.ToException())
        : new SubmitOutcome(reply.Value.Id, reply.Value.Status);
}
