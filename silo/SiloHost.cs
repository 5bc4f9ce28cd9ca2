using LearningPlatform;
using Orleans.Configuration;
using OrleansJobs.Dashboard;
using OrleansJobs.Silo.Probes;
using OrleansJobs.Storage;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Silo;

/// <summary>Puts the silo together: the learning platform's classes, the store, the cluster, the HTTP API.</summary>
internal static class SiloHost
{
    public static void Configure(WebApplicationBuilder builder)
    {
        var options = SiloHostOptions.Read(builder.Configuration);
        builder.UseLoopbackUnlessConfigured();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.AddOrleansJobsApi();
        builder.Services.AddSingleton(options);
        builder.UseOrleans(silo => Configure(silo, options, builder.Configuration.GetSection(SiloHostOptions.Section), builder.Configuration));
    }

    /// <summary>
    /// Finds what is wrong with the classes' options, the ports or the store before anything runs: whoever starts a silo should read a
    /// sentence, not the traces that a failing start leaves in the log.
    /// </summary>
    /// <exception cref="InvalidOptionsException">The options of classes or workers are not valid, or a port is taken.</exception>
    /// <exception cref="StoreSetupException">The store cannot be used.</exception>
    public static async Task CheckAsync(IServiceProvider services)
    {
        _ = services.GetRequiredService<JobClassRegistry>();
        var options = services.GetRequiredService<SiloHostOptions>();
        CheckShutdown(options.ShutdownTimeout, services.GetRequiredService<WorkerOptions>());
        PortCheck.ThrowIfTaken(options);
        await services.GetRequiredService<IJobStore>().InitializeAsync();
    }

    public static void Map(WebApplication app) => app.MapOrleansJobsApi();

    private static void CheckShutdown(TimeSpan shutdown, WorkerOptions workers)
    {
        var drain = workers.DrainTimeout + workers.DrainGracePeriod + workers.ReleaseTimeout;
        if (shutdown <= drain)
        {
            throw new InvalidOptionsException(
            [
                $"{SiloHostOptions.Section}:{SiloHostOptions.ShutdownTimeoutKey} is {shutdown.TotalSeconds:0}; it has to be longer than a drain, "
                    + $"which takes up to {drain.TotalSeconds:0.###} s: {SiloHostOptions.Section}:{SiloHostOptions.WorkersSection}:DrainTimeout "
                    + $"({workers.DrainTimeout}) + DrainGracePeriod ({workers.DrainGracePeriod}) + ReleaseTimeout ({workers.ReleaseTimeout}).",
            ]);
        }
    }

    private static void Configure(ISiloBuilder silo, SiloHostOptions options, IConfigurationSection grid, ConfigurationManager configuration)
    {
        silo.AddOrleansJobs(jobs => jobs
            .AddLearningPlatform(configuration.GetSection("LearningPlatform"))
            .AddProbes(options.Probe)
            .BindClasses(grid.GetSection(SiloHostOptions.ClassesSection))
            .BindWorkers(grid.GetSection(SiloHostOptions.WorkersSection)));
        _ = options.Store == StoreKind.Sqlite
            ? silo.UseSqliteJobs(options.SqlitePath)
            : silo.UsePostgresJobs(options.PostgresConnectionString);
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ClusterId = options.ClusterId;
            cluster.ServiceId = options.ServiceId;
        });
        silo.ConfigureEndpoints(options.Address, options.SiloPort, options.GatewayPort);
    }
}
