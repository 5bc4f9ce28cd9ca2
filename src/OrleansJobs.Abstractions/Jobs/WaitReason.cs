namespace OrleansJobs;

/// <summary>Why a job does not run at this moment.</summary>
public enum WaitReason
{
    /// <summary>It does not wait: it runs or has ended.</summary>
    None,

    /// <summary>Its due time, or its next attempt, has not come.</summary>
    NotDue,

    /// <summary>Its class is paused.</summary>
    Paused,

    /// <summary>No silo with permits for its class is connected.</summary>
    NoSilo,

    /// <summary>The class runs as many jobs as it may in the cluster.</summary>
    ClassCap,

    /// <summary>Its tenant runs as many jobs as one tenant may.</summary>
    TenantCap,

    /// <summary>The class has used up its rate.</summary>
    Rate,

    /// <summary>All permits of all silos are taken.</summary>
    PoolFull,

    /// <summary>Other tenants, or other jobs of its own tenant, come first.</summary>
    TenantShare,

    /// <summary>Nothing holds it back: it is being handed to a silo.</summary>
    Dispatching,

    /// <summary>No host of the grid has its class: none registers a handler for it any more, or none does yet.</summary>
    UnknownClass,

    /// <summary>
    /// Silos were lost while it ran: a silo runs at most <see cref="JobLimits.MaxSuspects"/> such jobs at once, and some only alone.
    /// </summary>
    Suspected,

    /// <summary>It has to run alone in its process, because silos were lost while it ran; an attempt that says so does run alone.</summary>
    Alone,
}
