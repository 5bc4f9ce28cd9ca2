namespace OrleansJobs.Core.Dispatch;

/// <summary>The order of jobs that are not due: due time up, id up.</summary>
internal sealed class DueOrder : IComparer<WaitingJob>
{
    public static DueOrder Instance { get; } = new();

    public int Compare(WaitingJob? x, WaitingJob? y)
    {
        var byDue = x!.DueAt.UtcTicks.CompareTo(y!.DueAt.UtcTicks);
        return byDue != 0 ? byDue : x.Id.CompareTo(y.Id);
    }
}
