using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrleansJobs.Client.Hosting;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Schema;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Hosting;

/// <summary>Gives a silo what it keeps beside the jobs in the database of the chosen store.</summary>
internal static class StoreAttachment
{
    /// <summary>Orleans asks for the membership before anything of the grid runs, so this is what tells it.</summary>
    private static readonly ServiceDescriptor MissingMembership = ServiceDescriptor.Singleton(Missing<IMembershipTable>);

    /// <param name="silo">The silo.</param>
    /// <param name="database">The store's database.</param>
    /// <param name="clustering">Whether the grid sets up the cluster's membership, or the application does.</param>
    public static void Add(ISiloBuilder silo, StoreDatabase database, bool clustering)
    {
        // A silo that is a cluster of its own would run the jobs of another one a second time.
        var claim = clustering && !database.IsShared ? StoreClaim.Exclusive : StoreClaim.Shared;
        silo.Services.Replace(ServiceDescriptor.Singleton(new StoreSharing(claim)));
        silo.Services.Replace(ServiceDescriptor.Singleton(
            services => new OrleansTables(database, services.GetRequiredService<ILogger<OrleansTables>>())));
        silo.AddClassOptionsStorage(database.Invariant, database.ConnectionString);
        if (clustering)
        {
            silo.Services.Remove(MissingMembership);
            AddMembership(silo, database);
        }
    }

    /// <summary>Until a store is chosen, whoever asks for what comes with it is told that there is none.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="clustering">Whether the cluster's membership comes with it.</param>
    public static void Expect(IServiceCollection services, bool clustering)
    {
        services.AddSingleton(Missing<StoreSharing>);
        services.AddSingleton(Missing<OrleansTables>);
        if (clustering)
        {
            services.TryAdd(MissingMembership);
        }
    }

    private static T Missing<T>(IServiceProvider services)
        where T : class
    {
        services.GetRequiredService<JobStoreChoice>().Create(services);
        throw new InvalidOperationException($"The chosen store has not brought {typeof(T).Name}.");
    }

    private static void AddMembership(ISiloBuilder silo, StoreDatabase database)
    {
        GridClusterIds.AddTo(silo.Services);
        if (database.IsShared)
        {
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (database.Invariant, database.ConnectionString));
        }
        else
        {
            silo.UseLocalhostClustering();
        }
    }
}
