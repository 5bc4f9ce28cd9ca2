using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Storage.Sqlite;

namespace Orleans.Hosting;

/// <summary>Keeps a silo's jobs in SQLite.</summary>
public static class OrleansJobsSqliteExtensions
{
    private const string Invariant = "System.Data.SQLite";

    /// <summary>
    /// Keeps the jobs, and what operators change, in a SQLite file: for one silo. The silo forms a cluster of its own, unless
    /// <paramref name="ownCluster"/> is false and the application sets up clustering.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="path">The file; it is made if it is missing, its directory has to be there.</param>
    /// <param name="ownCluster">Whether to set up localhost clustering.</param>
    public static ISiloBuilder UseSqliteJobs(this ISiloBuilder silo, string path, bool ownCluster = true)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        silo.Services.TryAddSingleton<IJobStore>(services =>
            ActivatorUtilities.CreateInstance<SqliteJobStore>(services, new SqliteStoreOptions(path)));

        // A silo that is a cluster of its own would run the jobs of another one a second time.
        silo.Services.TryAddSingleton(new StoreSharing(ownCluster ? StoreClaim.Exclusive : StoreClaim.Shared));
        silo.Services.TryAddSingleton<IOrleansTables>(services => new SqliteTables(path, services.GetRequiredService<ILogger<SqliteTables>>()));
        silo.AddClassOptionsStorage(Invariant, SqliteTables.ConnectionString(path));
        return ownCluster ? silo.UseLocalhostClustering() : silo;
    }
}
