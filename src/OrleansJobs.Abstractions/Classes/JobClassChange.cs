namespace OrleansJobs;

/// <summary>A change of a class's limits while the grid runs; what is null stays as it is. It survives restarts.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobClassChange
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(4)]
    private readonly Dictionary<string, int>? _tenantWeights;

    /// <summary>Jobs that one silo runs at once, from 0 (none) to the class's ceiling.</summary>
    [Id(0)]
    public int? MaxLocalWorkers { get; init; }

    /// <summary>Jobs that the cluster runs at once; 0 lifts the limit.</summary>
    [Id(1)]
    public int? MaxConcurrentJobs { get; init; }

    /// <summary>Jobs of one tenant that the cluster runs at once; 0 lifts the limit.</summary>
    [Id(2)]
    public int? MaxConcurrentJobsPerTenant { get; init; }

    /// <summary>Starts per period; <see cref="OrleansJobs.Rate.Unlimited"/> lifts the limit.</summary>
    [Id(3)]
    public Rate? Rate { get; init; }

    /// <summary>Weights to set, by tenant; a weight of 1 removes the tenant's own.</summary>
    public IReadOnlyDictionary<string, int>? TenantWeights { get => _tenantWeights; init => _tenantWeights = WireLists.Map(value); }

    /// <summary>Pause or resume.</summary>
    [Id(5)]
    public bool? Paused { get; init; }
}
