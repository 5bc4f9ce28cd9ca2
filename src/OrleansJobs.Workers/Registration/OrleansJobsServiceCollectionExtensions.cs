using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Logging;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;
using OrleansJobs.Workers.Redaction;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Threads;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the grid to a process.</summary>
public static class OrleansJobsServiceCollectionExtensions
{
    /// <summary>
    /// Says what the grid runs in this process; may be called several times. What runs it, an engine, is added to the builder that is
    /// returned, or to the silo. Faults come all together when the host starts, as <see cref="InvalidOptionsException"/>.
    /// </summary>
    public static JobGridBuilder AddOrleansJobs(this IServiceCollection services, Action<JobGridBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = new JobGridBuilder(services, SetupOf(services));
        configure?.Invoke(builder);
        return builder;
    }

    private static JobGridSetup SetupOf(IServiceCollection services)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(JobGridSetup))
            {
                return (JobGridSetup)service.ImplementationInstance!;
            }
        }

        var setup = new JobGridSetup();
        services.AddSingleton(setup);
        AddParts(services, setup);
        return setup;
    }

    private static void AddParts(IServiceCollection services, JobGridSetup setup)
    {
        services.AddLogging();
        services.TryAddSingleton(_ => setup.Build());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new GridPace(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(_ => new JobSerializer(setup.Json));
        services.TryAddSingleton(provider => provider.GetRequiredService<JobGridParts>().Registry);
        services.TryAddSingleton(provider => provider.GetRequiredService<JobGridParts>().Workers);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobGridStartupCheck>());
        services.TryAddSingleton<IPayloadCheck, RegisteredPayloadCheck>();
        services.TryAddSingleton<IJobRedactor, SensitiveRedactor>();
        services.TryAddSingleton<RunningJobs>();
        services.TryAddSingleton<ExplainedLosses>();
        services.TryAddSingleton<ProcessGate>();
        services.TryAddSingleton<SuspectPlaces>();
        services.TryAddSingleton<JobLog>();
        services.TryAddSingleton<HandlerRunner>();
        services.TryAddSingleton<AttemptStarter>();
        services.TryAddSingleton<AttemptAcker>();
        services.TryAddSingleton(MakeLeaseRunner);
        services.TryAddSingleton<SiloAgent>();
        services.TryAddSingleton<SiloReport>();
        services.TryAddSingleton<IPoolThreads, PoolThreads>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ThreadWatch>());
    }

    private static LeaseRunner MakeLeaseRunner(IServiceProvider provider) => new(
        provider.GetRequiredService<JobClassRegistry>(),
        provider.GetRequiredService<RunningJobs>(),
        provider.GetRequiredService<ProcessGate>(),
        provider.GetRequiredService<SuspectPlaces>(),
        provider.GetRequiredService<AttemptStarter>(),
        provider.GetRequiredService<HandlerRunner>(),
        provider.GetRequiredService<AttemptAcker>(),
        provider.GetRequiredService<WorkerOptions>(),
        provider.GetRequiredService<IJobRedactor>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<LeaseRunner>>());
}
