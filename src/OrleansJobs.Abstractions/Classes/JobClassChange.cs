namespace OrleansJobs;

/// <summary>A change of a class's limits while the grid runs; what is null stays as it is. It survives restarts.</summary>
public sealed record JobClassChange
{
    /// <summary>Jobs that one silo runs at once, from 0 (none) to the class's ceiling.</summary>
    public int? MaxLocalWorkers { get; init; }

    /// <summary>Jobs that the cluster runs at once; 0 lifts the limit.</summary>
    public int? MaxConcurrentJobs { get; init; }

    /// <summary>Jobs of one tenant that the cluster runs at once; 0 lifts the limit.</summary>
    public int? MaxConcurrentJobsPerTenant { get; init; }

    /// <summary>Starts per period; <see cref="OrleansJobs.Rate.Unlimited"/> lifts the limit.</summary>
    public Rate? Rate { get; init; }

    /// <summary>Weights to set, by tenant; a weight of 1 removes the tenant's own.</summary>
    public IReadOnlyDictionary<string, int>? TenantWeights { get; init; }

    /// <summary>Pause or resume.</summary>
    public bool? Paused { get; init; }
}
