namespace OrleansJobs;

/// <summary>What keeps a job class from doing more.</summary>
public enum VerdictKind
{
    /// <summary>Nothing does: jobs start as they come.</summary>
    KeepsUp,

    /// <summary>All slots are taken, and more of them would help.</summary>
    PoolLimited,

    /// <summary>The class has used up its rate.</summary>
    RateLimited,

    /// <summary>Slots are free, but every tenant with a backlog runs as many jobs as one tenant may.</summary>
    TenantCapped,

    /// <summary>All slots are taken, and jobs take longer the more of them run: what they call is the limit.</summary>
    DownstreamSlows,

    /// <summary>The class is paused.</summary>
    Paused,

    /// <summary>No silo takes jobs of the class.</summary>
    NoSilo,
}
