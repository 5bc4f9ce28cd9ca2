using Orleans.Concurrency;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>The dispatcher of one job class, keyed by the class's name.</summary>
[Alias("orleansjobs.dispatcher")]
public interface IDispatcherGrain : IGrainWithStringKey
{
    /// <summary>A silo says what has ended and what it holds, and gets leases. Waits for something to say if asked to.</summary>
    [Alias("exchange"), AlwaysInterleave, ResponseTimeout("00:00:45")]
    Task<Immutable<ExchangeReply>> ExchangeAsync([Immutable] ExchangeRequest request, bool wait);

    /// <summary>Jobs of the class that changed elsewhere.</summary>
    [Alias("notify"), AlwaysInterleave]
    Task NotifyAsync([Immutable] DispatcherNotice notice);

    /// <summary>New limits, in force when it answers.</summary>
    [Alias("apply"), AlwaysInterleave]
    Task ApplyAsync(JobClassSettings settings);

    /// <summary>Reads the class's waiting jobs from the store again, because some may have come without a notice.</summary>
    [Alias("reconcile"), AlwaysInterleave]
    Task ReconcileAsync();

    /// <summary>Pools, totals and limits.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<JobClassStatus> GetStatusAsync();

    /// <summary>The class as it stands and what it did lately, its counts completed by those of the store.</summary>
    [Alias("overview"), AlwaysInterleave]
    Task<ClassOverview> GetOverviewAsync(JobCounts stored);

    /// <summary>Who gets what of the class; the busiest first.</summary>
    [Alias("tenants"), AlwaysInterleave]
    Task<IReadOnlyList<TenantUse>> GetTenantsAsync();

    /// <summary>The kinds of failure of the class's attempts, the most frequent first.</summary>
    [Alias("errors"), AlwaysInterleave]
    Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync();

    /// <summary>Why a waiting job does not run.</summary>
    [Alias("explain"), AlwaysInterleave]
    Task<JobWait> ExplainAsync([Immutable] WaitingJob job);

    /// <summary>
    /// Waits until jobs of the class have ended since the count that was seen, or until the time is up; gives the count as it is then. At
    /// once if nothing was seen yet (0), or in another life of the dispatcher.
    /// </summary>
    [Alias("finished"), AlwaysInterleave, ResponseTimeout("00:01:00")]
    Task<long> WaitForFinishedAsync(long seen, TimeSpan waitUpTo);
}
