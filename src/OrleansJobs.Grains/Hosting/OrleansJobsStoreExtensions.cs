using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Storage.Postgres;
using OrleansJobs.Storage.Sqlite;

namespace Orleans.Hosting;

/// <summary>Chooses where a silo's jobs are durable.</summary>
public static class OrleansJobsStoreExtensions
{
    private const string SqliteInvariant = "System.Data.SQLite";
    private const string PostgresInvariant = "Npgsql";

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
        silo.Services.TryAddSingleton<IOrleansTables>(services => new SqliteTables(path, services.GetRequiredService<ILogger<SqliteTables>>()));
        AddOptionsStorage(silo, SqliteInvariant, SqliteTables.ConnectionString(path));
        return ownCluster ? silo.UseLocalhostClustering() : silo;
    }

    /// <summary>
    /// Keeps the jobs, what operators change, and the cluster's membership in a PostgreSQL database: for any number of silos.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="connectionString">The database, for Npgsql.</param>
    /// <param name="clustering">Whether the cluster's membership is kept there too.</param>
    public static ISiloBuilder UsePostgresJobs(this ISiloBuilder silo, string connectionString, bool clustering = true)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        silo.Services.TryAddSingleton<IJobStore>(services =>
            ActivatorUtilities.CreateInstance<PostgresJobStore>(services, new PostgresStoreOptions(connectionString)));
        silo.Services.TryAddSingleton<IOrleansTables>(services =>
            new PostgresTables(connectionString, services.GetRequiredService<ILogger<PostgresTables>>()));
        AddOptionsStorage(silo, PostgresInvariant, connectionString);
        return clustering
            ? silo.UseAdoNetClustering(options =>
            {
                options.Invariant = PostgresInvariant;
                options.ConnectionString = connectionString;
            })
            : silo;
    }

    private static void AddOptionsStorage(ISiloBuilder silo, string invariant, string connectionString) =>
        silo.AddAdoNetGrainStorage(ClassOptionsGrain.StorageName, options =>
        {
            options.Invariant = invariant;
            options.ConnectionString = connectionString;
            options.GrainStorageSerializer = new JsonGrainStateSerializer();
        });
}
