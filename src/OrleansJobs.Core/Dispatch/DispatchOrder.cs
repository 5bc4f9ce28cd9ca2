namespace OrleansJobs.Core.Dispatch;

/// <summary>The order inside a tenant: priority down, due time up, id up.</summary>
internal sealed class DispatchOrder : IComparer<WaitingJob>
{
    public static DispatchOrder Instance { get; } = new();

    public int Compare(WaitingJob? x, WaitingJob? y)
    {
        if (x!.Priority != y!.Priority)
        {
            return x.Priority > y.Priority ? -1 : 1;
        }

        var byDue = x.DueAt.UtcTicks.CompareTo(y.DueAt.UtcTicks);
        return byDue != 0 ? byDue : x.Id.CompareTo(y.Id);
    }
}
