using LearningPlatform;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansJobs.Dashboard;
using OrleansJobs.Silo.Probes;
using OrleansJobs.Storage;
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
        builder.Services.AddSingleton(ProbeOptions.Read(builder.Configuration));
        builder.Services.AddSingleton<ProbeEffects>();
        builder.UseOrleans(silo => Configure(silo, options, builder.Configuration));
    }

    /// <summary>
    /// Finds what is wrong with the classes' options or the store before anything runs: whoever starts a silo should read a sentence, not
    /// the traces that a failing start leaves in the log.
    /// </summary>
    /// <exception cref="InvalidOptionsException">The options of classes or workers are not valid.</exception>
    /// <exception cref="StoreSetupException">The store cannot be used.</exception>
    public static async Task CheckAsync(IServiceProvider services)
    {
        _ = services.GetRequiredService<JobClassRegistry>();
        await services.GetRequiredService<IJobStore>().InitializeAsync();
    }

    public static void Map(WebApplication app) => app.MapOrleansJobsApi();

    private static void Configure(ISiloBuilder silo, SiloHostOptions options, ConfigurationManager configuration)
    {
        silo.AddOrleansJobs(jobs => jobs
            .AddLearningPlatform(configuration.GetSection("LearningPlatform"))
            .AddHandler<Probe, ProbeHandler>("probe", ProbeHandler.Configure)
            .AddHandler<Probe, ProbeHandler>("probe2", ProbeHandler.Configure)
            .BindClasses(configuration.GetSection("JobGrid:Classes"))
            .BindWorkers(configuration.GetSection("JobGrid:Workers")));
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
