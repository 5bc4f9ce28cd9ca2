namespace OrleansJobs.Storage.Ownership;

/// <summary>Says who has a store.</summary>
internal static class StoreInUse
{
    /// <summary>This process, for others to read.</summary>
    public static string Describe(int processId, string machine, DateTimeOffset since) =>
        $"process {processId} on {machine} since {since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";

    /// <param name="store">The store as it is called in errors.</param>
    /// <param name="claim">What was asked for.</param>
    /// <param name="holder">Who has it; null if that cannot be told.</param>
    public static StoreInUseException Error(string store, StoreClaim claim, string? holder)
    {
        var why = claim == StoreClaim.Exclusive
            ? "An embedded engine needs its store for itself"
            : "That one has it for itself, so no silo may share it";
        return new StoreInUseException(
            $"{store} is in use by {holder ?? "another process"}. {why}: stop the other process first, or give this one another store.");
    }

    /// <param name="store">The store as it is called in errors.</param>
    /// <param name="cluster">The cluster of this process.</param>
    /// <param name="holder">A process of the other cluster.</param>
    /// <param name="other">The other cluster.</param>
    public static StoreInUseException OfAnotherCluster(string store, string cluster, string holder, string other) => new(
        $"{store} is in use by the cluster '{other}', which has {holder}, and this silo is of the cluster '{cluster}'. Silos that share a store "
        + "are of one cluster: give this one the same cluster id (ClusterOptions.ClusterId, JobGrid:Cluster:ClusterId) or another store, or stop the other cluster first.");
}
