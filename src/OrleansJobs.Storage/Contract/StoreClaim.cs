namespace OrleansJobs.Storage;

/// <summary>How a process claims a store.</summary>
public enum StoreClaim
{
    /// <summary>For itself alone, as the embedded engine does: it is refused while anybody else has a claim.</summary>
    Exclusive,

    /// <summary>Together with others that share, as silos do: it is refused while somebody has the store to himself.</summary>
    Shared,
}
