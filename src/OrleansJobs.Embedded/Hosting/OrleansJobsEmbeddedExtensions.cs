using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Client;
using OrleansJobs.Embedded.Dispatch;
using OrleansJobs.Embedded.Hosting;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Embedded.Silos;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Hosting;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Storage.Postgres;
using OrleansJobs.Storage.Sqlite;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Runs the job grid inside one process, without a cluster.</summary>
public static class OrleansJobsEmbeddedExtensions
{
    /// <summary>
    /// Runs the grid in this process and keeps the jobs in a SQLite file. The grid starts and stops with the host; nothing but this process
    /// may use the file as a job store at the same time.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="path">The file; it is made if it is missing, its directory has to be there.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">At start: options are not valid; the text lists every fault.</exception>
    /// <exception cref="OrleansJobs.StoreInUseException">At start: another process has the store; the text names it.</exception>
    /// <exception cref="OrleansJobs.StoreSetupException">At start: the file cannot be made or written, or is of a newer schema.</exception>
    public static JobGridBuilder UseEmbedded(this JobGridBuilder jobs, string path = "jobs.db")
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return jobs.UseEmbedded(services => ActivatorUtilities.CreateInstance<SqliteJobStore>(services, new SqliteStoreOptions(path)));
    }

    /// <summary>
    /// Runs the grid in this process and keeps the jobs in a PostgreSQL database, which no other process may use as a job store at the same
    /// time. Several processes that share a database are a cluster: use Orleans.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="connectionString">The database, for Npgsql.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">At start: options are not valid; the text lists every fault.</exception>
    /// <exception cref="OrleansJobs.StoreInUseException">At start: another process has the store; the text names it.</exception>
    /// <exception cref="OrleansJobs.StoreSetupException">At start: the database is missing, read-only, or of a newer schema.</exception>
    public static JobGridBuilder UseEmbeddedPostgres(this JobGridBuilder jobs, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return jobs.UseEmbedded(services =>
            ActivatorUtilities.CreateInstance<PostgresJobStore>(services, new PostgresStoreOptions(connectionString)));
    }

    private static JobGridBuilder UseEmbedded(this JobGridBuilder jobs, Func<IServiceProvider, IJobStore> store)
    {
        var services = jobs.Services;
        services.TryAddSingleton(store);
        if (services.Any(service => service.ServiceType == typeof(EmbeddedGrid)))
        {
            return jobs;
        }

        services.AddEngineParts();
        services.AddSingleton<IClusterTurns, NoTurns>();
        services.AddSingleton<IDeadSilos, OtherSilos>();
        services.AddSingleton(ProcessSilo.Create());
        services.AddSingleton<GridLife>();
        services.AddSingleton<JobTable>();
        services.AddSingleton<EmbeddedJobs>();
        services.AddSingleton<IJobPort>(provider => provider.GetRequiredService<EmbeddedJobs>());
        services.AddSingleton<EmbeddedClassSettings>();
        services.AddSingleton<EmbeddedDispatchers>();
        services.AddSingleton<IDispatchers>(provider => provider.GetRequiredService<EmbeddedDispatchers>());
        services.AddSingleton<IDispatcherPort>(provider => provider.GetRequiredService<EmbeddedDispatchers>());
        services.AddSingleton<ISlotRunner>(provider => provider.GetRequiredService<LeaseRunner>());
        services.AddSingleton<ForeignInsertWatch>();
        services.AddSingleton<IJobClient, EmbeddedJobClient>();
        services.AddSingleton<IGridMonitor, EmbeddedGridMonitor>();
        services.AddSingleton<EmbeddedGrid>();
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedGrid>());
        return jobs;
    }
}
