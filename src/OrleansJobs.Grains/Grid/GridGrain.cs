using Orleans.Concurrency;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Grid;

/// <summary>Answers what concerns many jobs or whole classes, on any silo.</summary>
[GrainType("orleansjobs-grid"), StatelessWorker(MaxConcurrentCalls), Reentrant]
internal sealed class GridGrain(IJobStore store, JobClassRegistry classes, SubmitDesk desk, TimeProvider time) : Grain, IGridGrain
{
    /// <summary>Activations on a silo; each is reentrant.</summary>
    private const int MaxConcurrentCalls = 8;

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<Reply<IReadOnlyList<Reply<SubmitReceipt>>>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions) =>
        JobReplies.GuardAsync(() => desk.SubmitManyAsync(submissions, Now));

    public Task<Reply<JobPage>> ListAsync(JobFilter filter, string? cursor, int limit) => JobReplies.GuardAsync(async () =>
    {
        PageLimits.Check(limit);
        var now = Now;
        var jobs = await store.ListAsync(filter, ListCursor.Parse(cursor), limit, now);
        return new JobPage([.. jobs.Select(job => Listed.Of(job, now))], jobs.Count == limit ? jobs[^1].Id.ToString() : null);
    });

    public Task<Reply<JobWait>> ExplainAsync(JobId id) => JobReplies.GuardAsync(async () =>
    {
        var job = (await GrainFactory.GetGrain<IJobGrain>(id.Value).GetAsync()).ValueOrThrow();
        if (!job.State.IsWaiting())
        {
            return new JobWait(WaitReason.None, $"The job does not wait: it is {job.State}.");
        }

        var waiting = await GrainFactory.GetGrain<IJobAuthorityGrain>(id.Value).GetWaitingAsync();
        return await Dispatcher(job.JobClass).ExplainAsync(waiting ?? throw new JobNotFoundException(id));
    });

    public Task<Reply<IReadOnlyList<JobClassStatus>>> GetClassesAsync() => JobReplies.GuardAsync<IReadOnlyList<JobClassStatus>>(async () =>
    {
        var counts = store.CountAsync();
        var statuses = await Task.WhenAll(classes.All.Select(jobClass => Dispatcher(jobClass.Name).GetStatusAsync()));
        var stored = await counts;
        return [.. statuses.Select(status => ClassCounts.Complete(status, stored))];
    });

    public Task<Reply<JobClassStatus>> GetClassAsync(string jobClass) => JobReplies.GuardAsync(async () =>
    {
        var status = await Dispatcher(classes.Get(jobClass).Name).GetStatusAsync();
        return ClassCounts.Complete(status, await store.CountAsync());
    });

    public Task<Reply<JobClassSettings>> ChangeClassAsync(string jobClass, JobClassChange change) => JobReplies.GuardAsync(async () =>
    {
        var name = classes.Get(jobClass).Name;
        var settings = (await GrainFactory.GetGrain<IClassOptionsGrain>(ClassOptionsKey.Of(name)).ChangeAsync(change)).ValueOrThrow();
        await Dispatcher(name).ApplyAsync(settings);
        return settings;
    });

    public Task<Reply<IReadOnlyList<FinishedJob>>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo) =>
        JobReplies.GuardAsync(async () =>
        {
            PageLimits.Check(limit);
            var name = classes.Get(jobClass).Name;
            var page = await ReadFinishedAsync(name, after, limit);
            var deadline = Now + JobWaits.Bounded(waitUpTo);
            var seen = 0L;
            while (page.Count == 0 && deadline - Now is { Ticks: > 0 } rest)
            {
                // The first time it only asks for the count: jobs that end from then on are heard, even while the store is read.
                seen = await Dispatcher(name).WaitForFinishedAsync(seen, rest);
                page = await ReadFinishedAsync(name, after, limit);
            }

            return page;
        });

    private async Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(string jobClass, long after, int limit)
    {
        var now = Now;
        var finished = await store.ReadFinishedAsync(jobClass, after, limit);
        return [.. finished.Select(entry => new FinishedJob(entry.Sequence, entry.Job.ToSnapshot(now)))];
    }

    private IDispatcherGrain Dispatcher(string jobClass) => GrainFactory.GetGrain<IDispatcherGrain>(jobClass);
}
