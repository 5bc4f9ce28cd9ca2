using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Runtime.Placement;
using Orleans.Serialization.Configuration;
using OrleansJobs.Engine.Classes;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Hosting;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Grains.Hosting;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Grains.Pools;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;
using Polly.Telemetry;

namespace Orleans.Hosting;

/// <summary>Adds the job grid to a silo.</summary>
public static class OrleansJobsSiloBuilderExtensions
{
    /// <summary>
    /// Adds the job grid: job classes with their handlers, pools, dispatchers and <see cref="OrleansJobs.IJobClient"/>. Every silo of a
    /// cluster registers the same classes. Choose a store on what is returned: <c>UsePostgresJobs</c> of the package OrleansJobs.Postgres, or
    /// <c>UseSqliteJobs</c> of the package OrleansJobs.Sqlite. May be called more than once.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Says what the grid runs.</param>
    /// <param name="clustering">
    /// Whether the grid sets up the cluster's membership: in PostgreSQL for any number of silos, with SQLite for a cluster of this silo
    /// alone. False if the application does; a silo on SQLite then shares the file with the cluster's others on its machine. The first call
    /// counts.
    /// </param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">
    /// At start: the options are not valid, or there is no store; the text lists every fault.
    /// </exception>
    public static JobGridBuilder AddOrleansJobs(this ISiloBuilder silo, Action<JobGridBuilder> configure, bool clustering = true)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var jobs = silo.Services.AddOrleansJobs(configure);
        if (silo.Services.Any(service => service.ServiceType == typeof(SubmitDesk)))
        {
            return jobs;
        }

        AddGrains(silo.Services);
        ClusterPart.Add(silo.Services);
        ClusterProtection.Add(silo.Services, clustering);
        silo.Configure<ClusterMembershipOptions>(GridDefaults.Apply);
        silo.Services.PostConfigure<ClusterMembershipOptions>(GridDefaults.KeepPace);
        silo.Configure<SiloMessagingOptions>(GridDefaults.Apply);
        silo.Configure<GrainCollectionOptions>(GridDefaults.Apply);
        silo.ConfigureLogging(GridDefaults.Apply);
        WatchdogLog.Add(silo.Services);
        SteadyTimeProvider.Add(silo.Services);
        silo.Services.PostConfigure<TelemetryOptions>(GridDefaults.Apply);
        StoreAttachment.Expect(silo.Services, clustering);
        silo.Services.WhenJobStoreIsChosen(store => StoreAttachment.Add(silo, store.Database, clustering));
        return jobs;
    }

    private static void AddGrains(IServiceCollection services)
    {
        services.AddJobClient();
        services.AddEngineParts();
        services.AddSingleton<ClusterTurns>();
        services.AddSingleton<IClusterTurns>(provider => provider.GetRequiredService<ClusterTurns>());
        services.AddHostedService(provider => provider.GetRequiredService<ClusterTurns>());
        services.AddSingleton<IDeadSilos, DeadSilos>();
        services.AddSingleton<JobResidency>();
        services.AddSingleton<NewerRecords>();
        services.AddSingleton<ClusterSilos>();
        services.AddPlacementDirector<OnNamedSilo, OnNamedSiloDirector>();
        services.AddSingleton<DispatcherHomes>();
        services.AddHostedService(provider => provider.GetRequiredService<DispatcherHomes>());
        services.AddSingleton<IGrainPropertiesProvider, DispatcherClasses>();
        services.AddPlacementDirector<SpreadByClass, SpreadByClassDirector>();
        services.AddSingleton<DispatcherGrains>();
        services.AddSingleton<IDispatchers, GrainDispatchers>();
        services.AddSingleton<JobPort>();
        services.AddSingleton<IJobPort>(provider => provider.GetRequiredService<JobPort>());
        services.AddSingleton<IJobAuthority>(provider => provider.GetRequiredService<JobPort>());
        services.AddSingleton<IDispatcherPort, DispatcherPort>();
        services.AddSingleton<ISlotRunner, PoolSlots>();
        services.AddSingleton(provider => new LocalSilo(SiloNames.Of(provider.GetRequiredService<ILocalSiloDetails>().SiloAddress)));
        services.AddGrainStorage(JobGrainStorage.ProviderName, (provider, _) => ActivatorUtilities.CreateInstance<JobGrainStorage>(provider));
        services.AddSingleton<IPlacementStrategyResolver, PoolPlacementResolver>();
        services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<GrainCollectionOptions>, PoolLifetime>();
        services.AddSingleton<SiloPorts>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, StoreStartup>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, AgentLifecycle>();
        services.AddHostedService<ForeignInsertWatch>();
        services.AddHostedService<UnknownClassWatch>();
        services.AddTransient<IConfigurationValidator, GridValidator>();
        services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<TypeManifestOptions>, HandlerTypeManifest>();
    }
}
