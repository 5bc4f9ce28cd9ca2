namespace OrleansJobs;

/// <summary>A job class as it stands now.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobClassStatus
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(4)]
    private readonly PoolStatus[] _pools = [];

    /// <summary>The class's name.</summary>
    [Id(0)]
    public required string JobClass { get; init; }

    /// <summary>The limits in force.</summary>
    [Id(1)]
    public required JobClassSettings Settings { get; init; }

    /// <summary>What <see cref="JobClassSettings.MaxLocalWorkers"/> may be raised to.</summary>
    [Id(2)]
    public int MaxLocalWorkersCeiling { get; init; }

    /// <summary>Jobs in each state.</summary>
    [Id(3)]
    public JobCounts Counts { get; init; } = new();

    /// <summary>Its pools, one for each connected silo.</summary>
    public IReadOnlyList<PoolStatus> Pools { get => _pools; init => _pools = WireLists.Array(value); }

    /// <summary>Attempts started since <see cref="Since"/>.</summary>
    [Id(5)]
    public long Started { get; init; }

    /// <summary>Jobs that reached a terminal state since <see cref="Since"/>.</summary>
    [Id(6)]
    public long Finished { get; init; }

    /// <summary>Attempts that failed since <see cref="Since"/>.</summary>
    [Id(7)]
    public long Failed { get; init; }

    /// <summary>When the dispatcher of the class began to count attempts.</summary>
    [Id(8)]
    public DateTimeOffset Since { get; init; }
}
