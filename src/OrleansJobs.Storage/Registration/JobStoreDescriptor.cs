namespace OrleansJobs.Storage;

/// <summary>
/// A store as an engine has to know it. The package of a store hands it over with
/// <see cref="JobStoreServiceCollectionExtensions.UseJobStore"/>; whichever engine the process has takes from it what it needs.
/// </summary>
public sealed record JobStoreDescriptor
{
    /// <summary>What errors call the store, such as <c>PostgreSQL</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Makes the store from the services of the process.</summary>
    public required Func<IServiceProvider, IJobStore> Create { get; init; }

    /// <summary>The database of the jobs, for what an engine itself keeps beside them.</summary>
    public required StoreDatabase Database { get; init; }
}
