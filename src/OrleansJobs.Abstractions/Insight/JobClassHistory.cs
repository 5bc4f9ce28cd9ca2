namespace OrleansJobs;

/// <summary>
/// The last 15 minutes of a job class, kept by its dispatcher as jobs move. It begins anew when the dispatcher moves to another silo.
/// </summary>
public sealed record JobClassHistory
{
    /// <summary>The class.</summary>
    public required string JobClass { get; init; }

    /// <summary>How long a period is.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>The periods, oldest first, without gaps; the last one still goes on.</summary>
    public IReadOnlyList<HistoryPoint> Points { get; init; } = [];

    /// <summary>How long the job at the head of the backlog has been due; zero without one.</summary>
    public TimeSpan OldestWait { get; init; }

    /// <summary>From due to start, over all periods.</summary>
    public required LatencySummary Wait { get; init; }

    /// <summary>From start to end of an attempt, over all periods.</summary>
    public required LatencySummary Run { get; init; }

    /// <summary>The waits by length, the shortest first, without empty ends.</summary>
    public IReadOnlyList<LatencyBucket> Waits { get; init; } = [];

    /// <summary>The runs by length, the shortest first, without empty ends.</summary>
    public IReadOnlyList<LatencyBucket> Runs { get; init; } = [];

    /// <summary>Where the bottleneck is.</summary>
    public required ClassVerdict Verdict { get; init; }
}
