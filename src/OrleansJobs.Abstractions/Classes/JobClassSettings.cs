namespace OrleansJobs;

/// <summary>The limits of a job class that are in force now, cluster-wide.</summary>
public sealed record JobClassSettings
{
    /// <summary>Rises with every change, from 0 for the registered options.</summary>
    public long Revision { get; init; }

    /// <summary>Jobs that one silo runs at once.</summary>
    public int MaxLocalWorkers { get; init; } = 1;

    /// <summary>Jobs that the cluster runs at once; 0 means no limit.</summary>
    public int MaxConcurrentJobs { get; init; }

    /// <summary>Jobs of one tenant that the cluster runs at once; 0 means no limit.</summary>
    public int MaxConcurrentJobsPerTenant { get; init; }

    /// <summary>Starts per period in the cluster.</summary>
    public Rate Rate { get; init; }

    /// <summary>Weights of tenants; a tenant not named here has weight 1.</summary>
    public IReadOnlyDictionary<string, int> TenantWeights { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether nothing new is started.</summary>
    public bool Paused { get; init; }

    /// <summary>The weight of a tenant.</summary>
    public int WeightOf(string tenant) => TenantWeights.TryGetValue(tenant, out var weight) ? weight : 1;
}
