using LearningPlatform;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansJobs.Dashboard;
using OrleansJobs.Silo.Probes;

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

    public static void Map(WebApplication app) => app.MapOrleansJobsApi();

    private static void Configure(ISiloBuilder silo, SiloHostOptions options, IConfiguration configuration)
    {
        silo.AddOrleansJobs(jobs => jobs
            .AddLearningPlatform(configuration.GetSection("LearningPlatform"))
            .AddHandler<Probe, ProbeHandler>("probe", ProbeHandler.Configure)
            .BindClasses(configuration.GetSection("JobGrid:Classes")));
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
