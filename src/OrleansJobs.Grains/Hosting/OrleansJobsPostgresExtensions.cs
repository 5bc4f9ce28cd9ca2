using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrleansJobs.Grains.Classes;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Storage.Postgres;

namespace Orleans.Hosting;

/// <summary>Keeps a silo's jobs in PostgreSQL.</summary>
public static class OrleansJobsPostgresExtensions
{
    private const string Invariant = "Npgsql";

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
        silo.Services.TryAddSingleton(new StoreSharing(StoreClaim.Shared));
        silo.Services.TryAddSingleton<IOrleansTables>(services =>
            new PostgresTables(connectionString, services.GetRequiredService<ILogger<PostgresTables>>()));
        silo.AddClassOptionsStorage(Invariant, connectionString);
        return clustering
            ? silo.UseAdoNetClustering(options =>
            {
                options.Invariant = Invariant;
                options.ConnectionString = connectionString;
            })
            : silo;
    }
}
