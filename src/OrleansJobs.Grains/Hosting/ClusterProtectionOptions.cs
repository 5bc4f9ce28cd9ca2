namespace OrleansJobs;

/// <summary>What a silo that others can reach needs.</summary>
public sealed class ClusterProtectionOptions
{
    /// <summary>
    /// Lets a silo whose cluster the grid has set up listen off loopback without the grid's TLS: whoever reaches its ports can then read and change every
    /// job, without a key. For networks that only silos and their clients reach, and for applications that protect the connections by themselves. False by
    /// default. A host's setting is <c>JobGrid:Cluster:AllowUnprotected</c>.
    /// </summary>
    public bool AllowUnprotectedCluster { get; set; }
}
