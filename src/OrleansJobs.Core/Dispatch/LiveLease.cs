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

    /// <summary>Whether its silo was dead before it was read from the store.</summary>
    public bool SiloIsDead { get; init; }

    /// <summary>Whether it has been handed out to be expired.</summary>
    public bool IsExpiring { get; set; }

    /// <summary>The number of the exchange whose answer carried it to its silo; 0 if that is not known.</summary>
    public long Exchange { get; init; }

    /// <summary>The number of the exchange in which its silo named it last.</summary>
    public long NamedIn { get; set; }

    /// <summary>What its silo has to be told so that its attempt stops; null if it may go on.</summary>
    public StopOrder? Stop { get; set; }

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
