using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Hosting;
using OrleansJobs;
using OrleansJobs.Aspire;
using OrleansJobs.Diagnostics;
using OrleansJobs.Postgres;
using OrleansJobs.Workers.Registration;

namespace Microsoft.Extensions.Hosting;

/// <summary>Sets silos and clients of a grid up by the name of their database.</summary>
public static class AspireOrleansJobsExtensions
{
    /// <summary>
    /// Makes the application a silo of the grid that keeps its jobs in the PostgreSQL database of this name, with a health check, and its spans
    /// and measures in the application's OpenTelemetry. Ports come from <c>Orleans:Endpoints</c>, as Orleans has it.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">The database's name in the app host: the connection string is <c>ConnectionStrings:{name}</c>.</param>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="configureSettings">Changes what the configuration says (<see cref="OrleansJobsSettings.Section"/>).</param>
    /// <param name="configureStore">Sets options of the store, such as its <see cref="PostgresStoreOptions.DirectConnectionString"/>.</param>
    /// <exception cref="InvalidOptionsException">
    /// There is no connection string, a setting is not valid, or the application has a grid already; the text lists every fault.
    /// </exception>
    public static void AddOrleansJobs(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<JobGridBuilder> jobs,
        Action<OrleansJobsSettings>? configureSettings = null,
        Action<PostgresStoreOptions>? configureStore = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var settings = Read(builder, connectionName, configureSettings);
        builder.UseOrleans(silo => silo.AddOrleansJobs(jobs).UsePostgresJobs(settings.ConnectionString!, store =>
        {
            store.Schema = settings.Schema;
            configureStore?.Invoke(store);
        }));
        Watch(builder, connectionName, settings);
    }

    /// <summary>
    /// Gives the application an <see cref="IJobClient"/> of the grid that keeps its jobs in the PostgreSQL database of this name, with a health
    /// check, and its spans and measures in the application's OpenTelemetry. How long the start waits for a silo is an option of
    /// <c>JobClientOptions</c>.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="connectionName">The database's name in the app host: the connection string is <c>ConnectionStrings:{name}</c>.</param>
    /// <param name="configureSettings">Changes what the configuration says (<see cref="OrleansJobsSettings.Section"/>).</param>
    /// <exception cref="InvalidOptionsException">
    /// There is no connection string, a setting is not valid, or the application has a grid already; the text lists every fault.
    /// </exception>
    public static void AddOrleansJobsClient(
        this IHostApplicationBuilder builder, string connectionName, Action<OrleansJobsSettings>? configureSettings = null)
    {
        var settings = Read(builder, connectionName, configureSettings);
        builder.UseOrleansClient(client => client.UsePostgresJobs(settings.ConnectionString!, settings.Schema));
        Watch(builder, connectionName, settings);
    }

    private static OrleansJobsSettings Read(IHostApplicationBuilder builder, string connectionName, Action<OrleansJobsSettings>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);
        var settings = new SettingsSource(builder.Configuration, connectionName).Read(configure);
        GridOfApplication.Take(builder.Services, connectionName);
        return settings;
    }

    private static void Watch(IHostApplicationBuilder builder, string connectionName, OrleansJobsSettings settings)
    {
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                $"OrleansJobs_{connectionName}", services => new GridConnectionCheck(services.GetRequiredService<IJobClient>()), failureStatus: null, tags: null));
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(traces => traces.AddSource(JobsTelemetry.Name));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(JobsTelemetry.Name));
        }
    }
}
