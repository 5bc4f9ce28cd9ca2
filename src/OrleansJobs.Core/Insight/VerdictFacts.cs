namespace OrleansJobs.Core.Insight;

/// <summary>What a verdict is made from.</summary>
internal sealed record VerdictFacts
{
    /// <summary>The limits in force.</summary>
    public required JobClassSettings Settings { get; init; }

    /// <summary>How the class stands.</summary>
    public required ClassLoad Load { get; init; }

    /// <summary>Jobs in the backlog, in memory or in the store only.</summary>
    public required long Backlog { get; init; }

    /// <summary>How long the job that has waited longest at the head of a tenant's queue has been due; zero without one.</summary>
    public required TimeSpan OldestWait { get; init; }

    /// <summary>What holds the next job back; <see cref="WaitReason.None"/> without one.</summary>
    public required WaitReason Holds { get; init; }

    /// <summary>How run time depends on how many run; null if that is not known.</summary>
    public ContentionModel? Contention { get; init; }

    /// <summary>The history, oldest period first.</summary>
    public IReadOnlyList<HistoryPoint> Points { get; init; } = [];
}
