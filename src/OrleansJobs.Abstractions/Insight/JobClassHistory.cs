namespace OrleansJobs;

/// <summary>
/// The last 15 minutes of a job class, kept by its dispatcher as jobs move. It begins anew when the dispatcher moves to another silo.
/// </summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobClassHistory
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(2)]
    private readonly HistoryPoint[] _points = [];

    [Id(5)]
    private readonly LatencyBucket[] _waits = [];

    [Id(6)]
    private readonly LatencyBucket[] _runs = [];

    /// <summary>The class.</summary>
    [Id(0)]
    public required string JobClass { get; init; }

    /// <summary>How long a period is.</summary>
    [Id(1)]
    public required TimeSpan Period { get; init; }

    /// <summary>The periods, oldest first, without gaps; the last one still goes on.</summary>
    public IReadOnlyList<HistoryPoint> Points { get => _points; init => _points = WireLists.Array(value); }

    /// <summary>How long the job at the head of the backlog has been due; zero without one.</summary>
    [Id(8)]
    public TimeSpan OldestWait { get; init; }

    /// <summary>From due to start, over all periods.</summary>
    [Id(3)]
    public required LatencySummary Wait { get; init; }

    /// <summary>From start to end of an attempt, over all periods.</summary>
    [Id(4)]
    public required LatencySummary Run { get; init; }

    /// <summary>The waits by length, the shortest first, without empty ends.</summary>
    public IReadOnlyList<LatencyBucket> Waits { get => _waits; init => _waits = WireLists.Array(value); }

    /// <summary>The runs by length, the shortest first, without empty ends.</summary>
    public IReadOnlyList<LatencyBucket> Runs { get => _runs; init => _runs = WireLists.Array(value); }

    /// <summary>Where the bottleneck is.</summary>
    [Id(7)]
    public required ClassVerdict Verdict { get; init; }
}
