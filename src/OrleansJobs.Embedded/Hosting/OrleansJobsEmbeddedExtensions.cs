using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Client;
using OrleansJobs.Embedded.Dispatch;
using OrleansJobs.Embedded.Hosting;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Embedded.Silos;
using OrleansJobs.Engine.Classes;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Hosting;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Runs the job grid inside one process, without a cluster.</summary>
public static class OrleansJobsEmbeddedExtensions
{
    /// <summary>
    /// Runs the grid in this process. It starts and stops with the host; no other process may use its store at the same time. Several
    /// processes that share a database are a cluster: use Orleans. Choose a store as well: <c>UseSqliteJobs(path)</c> of the package
    /// OrleansJobs.Sqlite, or <c>UsePostgresJobs(connectionString)</c> of the package OrleansJobs.Postgres.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">At start: options are not valid, or there is no store; the text lists every fault.</exception>
    /// <exception cref="OrleansJobs.StoreInUseException">At start: another process has the store; the text names it.</exception>
    /// <exception cref="OrleansJobs.StoreSetupException">At start: the store cannot be made or written, or is of a newer schema.</exception>
    public static JobGridBuilder UseEmbedded(this JobGridBuilder jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var services = jobs.Services;
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
        services.AddSingleton<IJobAuthority>(provider => provider.GetRequiredService<EmbeddedJobs>());
        services.AddSingleton<UnknownClassWatch>();
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
