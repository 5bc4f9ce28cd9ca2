namespace OrleansJobs.Core.Dispatch;

/// <summary>A lease that counts, from its grant to its end.</summary>
internal sealed class LiveLease(JobLease lease, Silo silo, TenantQueue tenant)
{
    public JobLease Lease { get; set; } = lease;

    public Silo Silo { get; } = silo;

    public TenantQueue Tenant { get; } = tenant;

    /// <summary>The job's token, where it is known; it says that the attempt has started.</summary>
    public long? Token { get; set; }

    /// <summary>When it runs out unless it is renewed.</summary>
    public DateTimeOffset Deadline { get; set; }

    /// <summary>Whether it was read from the store and its silo has not named it yet, so that its real identity is not known.</summary>
    public bool IsRecovered { get; set; }

    /// <summary>Whether it has been handed out to be expired.</summary>
    public bool IsExpiring { get; set; }

    /// <summary>Whether its attempt has to stop.</summary>
    public bool StopRequested { get; set; }

    /// <summary>Whether its start has been counted.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Seconds that all attempts of the class had run when it was given; null if it was given in an earlier life.</summary>
    public double? RunningSecondsBefore { get; set; }

    /// <summary>How long the job had been due when it was given.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>The job as it was announced to wait again while the lease was live.</summary>
    public WaitingJob? Again { get; set; }

    /// <summary>Its place among the leases by deadline; null while it is not there.</summary>
    public LinkedListNode<LiveLease>? Node { get; set; }
}
