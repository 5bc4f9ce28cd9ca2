namespace OrleansJobs.Client.Connecting;

/// <summary>Where a cluster's silos are written down, for the sentence about why none was reached.</summary>
internal interface IMembershipSource
{
    /// <summary>Names the place, such as <c>the PostgreSQL database 'jobs' at db:5432</c>; never with a password.</summary>
    string Place { get; }

    /// <summary>What is found there instead of a live silo of the cluster: the end of a sentence.</summary>
    Task<string> FindAsync(string clusterId, CancellationToken cancellationToken);
}
