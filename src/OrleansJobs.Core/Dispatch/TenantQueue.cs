namespace OrleansJobs.Core.Dispatch;

/// <summary>A tenant of the class: its due jobs (priority down, due time up, id up), its running ones, and its place in the rounds.</summary>
internal sealed class TenantQueue
{
    public TenantQueue(string name, int weight, WaitingIndex index)
    {
        Name = name;
        Weight = weight;
        Window = new JobWindow(DispatchOrder.Instance, index, this);
    }

    public string Name { get; }

    public int Weight { get; set; }

    /// <summary>Its due jobs.</summary>
    public JobWindow Window { get; }

    /// <summary>Leases of its jobs.</summary>
    public int Running { get; set; }

    /// <summary>When it ran as many jobs as it may; null if it never did.</summary>
    public HoldLog? Holds { get; set; }

    /// <summary>Whether it is counted among the tenants that have due jobs.</summary>
    public bool HasWork { get; set; }

    /// <summary>Whether it stands in the line of those that want a page.</summary>
    public bool WantsPage { get; set; }

    /// <summary>What it may spend in its turn, in job cost.</summary>
    public long Deficit { get; set; }

    /// <summary>Rounds whose quantum it got since it came into memory.</summary>
    public long RoundsStayed { get; set; }

    /// <summary>The last round whose quantum it got.</summary>
    public long VisitedRound { get; set; }

    /// <summary>The round of its next turn, or of the one that is going on.</summary>
    public long TurnRound { get; set; }

    /// <summary>Its place inside a round.</summary>
    public long Position { get; set; }

    /// <summary>Where it is in the heap of turns; -1 while it takes no part.</summary>
    public int HeapIndex { get; set; } = -1;

    public bool TakesPart => HeapIndex >= 0;
}
