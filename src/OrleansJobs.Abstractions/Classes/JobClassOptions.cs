namespace OrleansJobs;

/// <summary>A job class as the application registers it. Limits may be changed while the grid runs; see <see cref="JobClassChange"/>.</summary>
public sealed class JobClassOptions
{
    /// <summary>Jobs of the class that one silo runs at once; from 1 to <see cref="JobLimits.MaxLocalWorkers"/>. 8 by default.</summary>
    public int MaxLocalWorkers { get; set; } = 8;

    /// <summary>
    /// What <see cref="MaxLocalWorkers"/> may be raised to while the grid runs: the hard ceiling of the pool. Four times
    /// <see cref="MaxLocalWorkers"/> when 0, the default.
    /// </summary>
    public int MaxLocalWorkersCeiling { get; set; }

    /// <summary>Jobs of the class that the cluster runs at once; 0, the default, means no limit but the pools'.</summary>
    public int MaxConcurrentJobs { get; set; }

    /// <summary>Jobs of one tenant of the class that the cluster runs at once; 0, the default, means no limit.</summary>
    public int MaxConcurrentJobsPerTenant { get; set; }

    /// <summary>Starts per period in the cluster. Unlimited by default.</summary>
    public Rate Rate { get; set; } = Rate.Unlimited;

    /// <summary>What happens after a failure. 10 attempts with exponential backoff by default.</summary>
    public RetryPolicy Retry { get; set; } = new();

    /// <summary>The longest that one attempt may take; from 1 ms to <see cref="JobLimits.MaxTimeout"/>. 30 min by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The longest that an attempt may go without a heartbeat; null, the default, means it needs none.</summary>
    public TimeSpan? HeartbeatTimeout { get; set; }

    /// <summary>How long finished jobs are kept; up to <see cref="JobLimits.MaxRetention"/>. 7 days by default.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Weights of tenants, from 1 to <see cref="JobLimits.MaxTenantWeight"/>; a tenant not named here has weight 1.</summary>
    public IDictionary<string, int> TenantWeights { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Whether the class starts paused. False by default.</summary>
    public bool Paused { get; set; }

    /// <summary>The ceiling in force.</summary>
    public int EffectiveCeiling => Math.Min(
        JobLimits.MaxLocalWorkers,
        MaxLocalWorkersCeiling == 0 ? Math.Max(1, MaxLocalWorkers) * 4 : MaxLocalWorkersCeiling);

    /// <summary>The limits that may be changed while the grid runs, as they start.</summary>
    public JobClassSettings ToSettings() => new()
    {
        MaxLocalWorkers = MaxLocalWorkers,
        MaxConcurrentJobs = MaxConcurrentJobs,
        MaxConcurrentJobsPerTenant = MaxConcurrentJobsPerTenant,
        Rate = Rate,
        TenantWeights = new Dictionary<string, int>(TenantWeights, StringComparer.Ordinal),
        Paused = Paused,
    };
}
