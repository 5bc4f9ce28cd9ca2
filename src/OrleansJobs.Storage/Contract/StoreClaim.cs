namespace OrleansJobs.Storage;

/// <summary>How a process claims a store.</summary>
public enum StoreClaim
{
    /// <summary>For itself alone, as the embedded engine does: it is refused while anybody else has a claim.</summary>
    Exclusive,

    /// <summary>
    /// Together with others of the same cluster, as silos do: it is refused while somebody has the store to himself, or while a silo of another
    /// cluster shares it. Clusters know nothing of each other's silos, so each would take the other's jobs for lost.
    /// </summary>
    Shared,
}
