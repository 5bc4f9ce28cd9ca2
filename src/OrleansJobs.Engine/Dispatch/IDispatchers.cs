using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>The dispatchers of all classes, wherever they are.</summary>
internal interface IDispatchers
{
    /// <summary>Tells of jobs that changed. Safe to repeat.</summary>
    Task NotifyAsync(string jobClass, DispatcherNotice notice);

    /// <summary>Puts new limits in force.</summary>
    Task ApplyAsync(string jobClass, JobClassSettings settings);

    /// <summary>Has the class's waiting jobs read from the store again, because some may have come without a notice.</summary>
    Task ReconcileAsync(string jobClass);

    /// <summary>Pools, totals and limits.</summary>
    Task<JobClassStatus> GetStatusAsync(string jobClass);

    /// <summary>The class as it stands and what it did lately, its counts completed by those of the store.</summary>
    Task<ClassOverview> GetOverviewAsync(string jobClass, JobCounts stored);

    /// <summary>Who gets what of the class; the busiest first.</summary>
    Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass);

    /// <summary>The kinds of failure of the class's attempts, the most frequent first.</summary>
    Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass);

    /// <summary>Why a waiting job does not run.</summary>
    Task<JobWait> ExplainAsync(string jobClass, WaitingJob job);

    /// <summary>Waits until jobs have ended since the count that was seen; gives the count as it is then. See <see cref="FinishedSignal"/>.</summary>
    Task<long> WaitForFinishedAsync(string jobClass, long seen, TimeSpan waitUpTo);
}
