using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>Shows a dispatcher's status to the outside.</summary>
internal static class DispatcherStatusView
{
    /// <summary>The counts hold only due jobs that are stored as scheduled or retrying; the store's counts complete them.</summary>
    public static JobClassStatus Of(DispatcherStatus status, int ceiling) => new()
    {
        JobClass = status.JobClass,
        Settings = status.Settings,
        MaxLocalWorkersCeiling = ceiling,
        Counts = new JobCounts { Scheduled = status.DueScheduled, Retrying = status.DueRetrying },
        Pools = status.Pools,
        Started = status.Started,
        Finished = status.Finished,
        Failed = status.Failed,
        Since = status.Since,
    };
}
