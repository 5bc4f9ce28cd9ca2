namespace OrleansJobs.Core.Dispatch;

/// <summary>A dispatcher as it stands. All figures are kept as jobs move.</summary>
public sealed record DispatcherStatus
{
    /// <summary>The class.</summary>
    public required string JobClass { get; init; }

    /// <summary>The dispatcher's life.</summary>
    public required long Epoch { get; init; }

    /// <summary>When this life, and with it the totals, began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The limits in force.</summary>
    public required JobClassSettings Settings { get; init; }

    /// <summary>The pools of the silos that have spoken, by name.</summary>
    public IReadOnlyList<PoolStatus> Pools { get; init; } = [];

    /// <summary>Leases, those that expire included.</summary>
    public int Running { get; init; }

    /// <summary>Handlers that run on although their lease has ended.</summary>
    public int Overstaying { get; init; }

    /// <summary>Due jobs in memory.</summary>
    public int Waiting { get; init; }

    /// <summary>Jobs in memory that are not due.</summary>
    public int NotDue { get; init; }

    /// <summary>Due jobs in memory whose stored state is still scheduled.</summary>
    public int DueScheduled { get; init; }

    /// <summary>Due jobs in memory whose stored state is still retrying.</summary>
    public int DueRetrying { get; init; }

    /// <summary>Tenants in memory that have due jobs, there or in the store only.</summary>
    public int WaitingTenants { get; init; }

    /// <summary>Whether more tenants may have due jobs than <see cref="DispatcherOptions.MaxTenants"/>: the others wait for their turn.</summary>
    public bool MoreTenants { get; init; }

    /// <summary>Attempts known to have started since <see cref="Since"/>.</summary>
    public long Started { get; init; }

    /// <summary>Jobs that ended under a lease, or were withdrawn from memory, since <see cref="Since"/>.</summary>
    public long Finished { get; init; }

    /// <summary>Attempts that failed since <see cref="Since"/>.</summary>
    public long Failed { get; init; }
}
