using Orleans.Concurrency;
using OrleansJobs.Client.Grains;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Grid;

/// <summary>Answers what concerns many jobs or whole classes, on any silo.</summary>
[GrainType("orleansjobs-grid"), StatelessWorker(MaxConcurrentCalls), Reentrant, KeepAlive]
internal sealed class GridGrain(
    JobClassRegistry classes, SubmitDesk submits, GridReader reader, DispatcherNotifier notifier, ClusterSilos silos) : Grain, IGridGrain
{
    /// <summary>Activations on a silo; each is reentrant.</summary>
    private const int MaxConcurrentCalls = 8;

    public Task<Reply<IReadOnlyList<Reply<SubmitReceipt>>>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions) =>
        JobReplies.GuardAsync<IReadOnlyList<Reply<SubmitReceipt>>>(async () =>
            [.. (await submits.SubmitManyAsync(submissions)).Select(SubmitReplies.ToReply)]);

    public Task<Reply<JobPage>> ListAsync(JobFilter filter, string? cursor, int limit) =>
        JobReplies.GuardAsync(() => reader.ListAsync(filter, cursor, limit));

    public Task<Reply<JobWait>> ExplainAsync(JobId id) => JobReplies.GuardAsync(async () =>
    {
        var job = (await GrainFactory.GetGrain<IJobGrain>(id.Value).GetAsync()).ValueOrThrow();
        var waiting = await GrainFactory.GetGrain<IJobAuthorityGrain>(id.Value).GetWaitingAsync();
        return await reader.ExplainAsync(job.JobClass, job.State, job.LastError, job.SiloLosses, waiting ?? throw new JobNotFoundException(id));
    });

    public Task<Reply<IReadOnlyList<JobClassStatus>>> GetClassesAsync() => JobReplies.GuardAsync(reader.GetClassesAsync);

    public Task<Reply<JobClassStatus>> GetClassAsync(string jobClass) => JobReplies.GuardAsync(() => reader.GetClassAsync(jobClass));

    public Task<Reply<IReadOnlyList<ClassOverview>>> GetOverviewsAsync() => JobReplies.GuardAsync(reader.GetOverviewAsync);

    public Task<Reply<ClassOverview>> GetOverviewAsync(string jobClass) => JobReplies.GuardAsync(() => reader.GetOverviewAsync(jobClass));

    public Task<Reply<IReadOnlyList<TenantUse>>> GetTenantsAsync(string jobClass) => JobReplies.GuardAsync(() => reader.GetTenantsAsync(jobClass));

    public Task<Reply<IReadOnlyList<ErrorGroup>>> GetErrorsAsync(string jobClass) => JobReplies.GuardAsync(() => reader.GetErrorsAsync(jobClass));

    public Task<Reply<IReadOnlyList<SiloOverview>>> GetSilosAsync() => JobReplies.GuardAsync(silos.GetAsync);

    public Task<Reply<bool>> DrainSiloAsync(string silo) => JobReplies.GuardAsync(async () =>
    {
        await silos.DrainAsync(silo);
        return true;
    });

    public Task<Reply<IReadOnlyList<GrainActivity>>> GetGrainsAsync() => JobReplies.GuardAsync(silos.GetGrainsAsync);

    public Task<Reply<IReadOnlyList<JobLogLine>>> ReadLogAsync(JobId id, long after, int limit) =>
        JobReplies.GuardAsync(() => reader.ReadLogAsync(id, after, limit));

    public Task<Reply<JobClassSettings>> ChangeClassAsync(string jobClass, JobClassChange change) => JobReplies.GuardAsync(async () =>
    {
        var name = classes.Get(jobClass).Name;
        var settings = (await GrainFactory.GetGrain<IClassOptionsGrain>(ClassOptionsKey.Of(name)).ChangeAsync(change)).ValueOrThrow();
        await notifier.ApplyAsync(name, settings);
        return settings;
    });

    public Task<Reply<IReadOnlyList<FinishedJob>>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo) =>
        JobReplies.GuardAsync(() => reader.ReadFinishedAsync(jobClass, after, limit, waitUpTo));
}
