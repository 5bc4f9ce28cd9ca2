namespace OrleansJobs;

/// <summary>A job class as it stands now.</summary>
public sealed record JobClassStatus
{
    /// <summary>The class's name.</summary>
    public required string JobClass { get; init; }

    /// <summary>The limits in force.</summary>
    public required JobClassSettings Settings { get; init; }

    /// <summary>What <see cref="JobClassSettings.MaxLocalWorkers"/> may be raised to.</summary>
    public int MaxLocalWorkersCeiling { get; init; }

    /// <summary>Jobs in each state.</summary>
    public JobCounts Counts { get; init; } = new();

    /// <summary>Its pools, one for each connected silo.</summary>
    public IReadOnlyList<PoolStatus> Pools { get; init; } = [];

    /// <summary>Attempts started since <see cref="Since"/>.</summary>
    public long Started { get; init; }

    /// <summary>Jobs that reached a terminal state since <see cref="Since"/>.</summary>
    public long Finished { get; init; }

    /// <summary>Attempts that failed since <see cref="Since"/>.</summary>
    public long Failed { get; init; }

    /// <summary>When the dispatcher of the class began to count attempts.</summary>
    public DateTimeOffset Since { get; init; }
}
