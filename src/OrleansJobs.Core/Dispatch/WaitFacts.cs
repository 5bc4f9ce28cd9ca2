namespace OrleansJobs.Core.Dispatch;

/// <summary>What an explanation is made from.</summary>
internal sealed record WaitFacts
{
    public required JobClassSettings Settings { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The silo that holds a lease of the job.</summary>
    public required string? LeasedTo { get; init; }

    /// <summary>The recovery, while it goes on.</summary>
    public required Recovery? Recovery { get; init; }

    /// <summary>Slots that the class holds: leases, and handlers that overstay.</summary>
    public required int Running { get; init; }

    /// <summary>Handlers among them whose lease has ended.</summary>
    public required int Overstaying { get; init; }

    /// <summary>The job's tenant, if it has jobs or leases.</summary>
    public required TenantQueue? Tenant { get; init; }

    /// <summary>Due jobs of the class in memory.</summary>
    public required int WaitingDue { get; init; }

    public required int WaitingTenants { get; init; }

    public required DateTimeOffset NextTokenAt { get; init; }

    public required IReadOnlyCollection<Silo> Silos { get; init; }
}
