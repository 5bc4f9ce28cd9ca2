namespace OrleansJobs;

/// <summary>The limits of a job class that are in force now, cluster-wide.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobClassSettings
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(5)]
    private readonly Dictionary<string, int> _tenantWeights = new(StringComparer.Ordinal);

    /// <summary>Rises with every change, from 0 for the registered options.</summary>
    [Id(0)]
    public long Revision { get; init; }

    /// <summary>Jobs that one silo runs at once.</summary>
    [Id(1)]
    public int MaxLocalWorkers { get; init; } = 1;

    /// <summary>Jobs that the cluster runs at once; 0 means no limit.</summary>
    [Id(2)]
    public int MaxConcurrentJobs { get; init; }

    /// <summary>Jobs of one tenant that the cluster runs at once; 0 means no limit.</summary>
    [Id(3)]
    public int MaxConcurrentJobsPerTenant { get; init; }

    /// <summary>Starts per period in the cluster.</summary>
    [Id(4)]
    public Rate Rate { get; init; }

    /// <summary>Weights of tenants; a tenant not named here has weight 1.</summary>
    public IReadOnlyDictionary<string, int> TenantWeights { get => _tenantWeights; init => _tenantWeights = WireLists.Map(value); }

    /// <summary>Whether nothing new is started.</summary>
    [Id(6)]
    public bool Paused { get; init; }

    /// <summary>The weight of a tenant.</summary>
    public int WeightOf(string tenant) => TenantWeights.TryGetValue(tenant, out var weight) ? weight : 1;
}
