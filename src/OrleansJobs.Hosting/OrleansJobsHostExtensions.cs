using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansJobs;
using OrleansJobs.Dashboard;
using OrleansJobs.Hosting;
using OrleansJobs.Hosting.Checks;
using OrleansJobs.Hosting.Parts;
using OrleansJobs.Telemetry;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes an application a host of the grid that reads its settings from the section <c>JobGrid</c>.</summary>
public static class OrleansJobsHostExtensions
{
    /// <summary>
    /// Makes the application a host of the grid: all of <see cref="AddOrleansJobsSettings"/>, telemetry by <c>JobGrid:Telemetry</c>, and in a
    /// web application the HTTP API with access by <c>JobGrid:Access</c>, on the addresses that <see cref="OrleansJobsHttpOptions.UrlsOf"/>
    /// names. Add the engine and the store beside it, before or after: <c>UseOrleans(silo => silo.AddOrleansJobs(…))</c>, or
    /// <c>UseEmbedded()</c> on what is returned. Call it when the configuration has its sources. It throws for no setting: what is wrong with
    /// them is told by <see cref="RunJobsAsync"/>.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="jobs">Says what the grid runs in this process.</param>
    public static JobGridBuilder AddOrleansJobsHost(this IHostApplicationBuilder builder, Action<JobGridBuilder>? jobs = null)
    {
        builder.AddOrleansJobsSettings();
        if (TelemetryOptions.Validate(builder.Configuration).Count == 0)
        {
            builder.Services.AddOrleansJobsTelemetry(builder.Configuration);
        }
        else
        {
            // The check asks for them, and tells what is wrong.
            builder.Services.TryAddSingleton<TelemetryOptions>();
        }

        if (builder is WebApplicationBuilder web)
        {
            AddHttp(web);
        }

        return builder.Services.AddOrleansJobs(jobs);
    }

    /// <summary>
    /// Lets the section <c>JobGrid</c> of the application's configuration have a say in the grid that it hosts, and has the host checked at
    /// start, before the store and the cluster are touched: <c>Classes</c>, <c>Workers</c>, <c>Audit</c>, <c>ShutdownTimeout</c>, and what the
    /// engine, the store, the HTTP API and telemetry read, as far as the application has them. A key that nobody reads is a fault. For
    /// applications that put the grid together by themselves; <see cref="AddOrleansJobsHost"/> does more.
    /// </summary>
    public static IHostApplicationBuilder AddOrleansJobsSettings(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(HostCheck)))
        {
            return builder;
        }

        StartLog.Add(services);
        var settings = new JobSettings(builder.Configuration);
        var grid = builder.Configuration.GetSection(JobSettings.Section);
        services.AddSingleton(settings);
        services.AddSingleton<HostCheck>();
        services.AddHostedService<HostCheckAtStart>();
        services.AddSingleton<IHostPart, AuditPart>();
        services.AddSingleton(_ => AuditPart.Of(settings.Read()));
        services.AddSingleton<IHostPart, AccessPart>();
        services.AddSingleton<IHostPart, TelemetryPart>();
        services.AddSingleton<IHostPart, ShutdownPart>();
        services.Configure<HostOptions>(ShutdownPart.SetDefault);
        services.AddSingleton<IPostConfigureOptions<HostOptions>, ShutdownPart>();
        services.AddOrleansJobs(jobs => jobs
            .BindClasses(grid.GetSection(ClassesPart.Classes))
            .BindWorkers(grid.GetSection(ClassesPart.Workers)));
        services.AddSingleton<IHostPart, ClassesPart>();
        return builder;
    }

    /// <summary>
    /// Maps what a host of the grid serves: the HTTP API at <c>/api</c>, the dashboard at <c>/</c>, <c>/metrics</c>, <c>/health</c> and
    /// <c>/openapi/v1.json</c>. An application that wants them elsewhere maps them one by one instead.
    /// </summary>
    /// <exception cref="InvalidOperationException">The application has not called <see cref="AddOrleansJobsHost"/>.</exception>
    public static WebApplication MapOrleansJobsHost(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        _ = app.Services.GetService<HttpPart>() ?? throw new InvalidOperationException("MapOrleansJobsHost needs AddOrleansJobsHost before.");
        app.MapOrleansJobsApi();
        app.MapOrleansJobsHealth();
        app.MapOrleansJobsOpenApi();
        app.MapOrleansJobsDashboard();
        if (TelemetryOptions.Validate(app.Configuration).Count == 0)
        {
            app.MapOrleansJobsMetrics();
        }

        return app;
    }

    /// <summary>
    /// Checks the host, starts it and runs it until the process is asked to leave. What is wrong with settings, ports or the store is told
    /// before anything runs, all at once; that, and whatever else stops the start, in sentences on standard error. Disposes of the host.
    /// </summary>
    /// <returns>The exit code: 0, or <see cref="Environment.ExitCode"/>, when the process left as asked; 1 when it could not start.</returns>
    /// <exception cref="InvalidOperationException">
    /// Neither <see cref="AddOrleansJobsHost"/> nor <see cref="AddOrleansJobsSettings"/> was called.
    /// </exception>
    public static Task<int> RunJobsAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return JobHost.RunAsync(host);
    }

    /// <summary>Nothing is decided that the configuration says wrongly; the check tells it.</summary>
    private static void AddHttp(WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<HttpPart>();
        builder.Services.AddSingleton<IHostPart>(services => services.GetRequiredService<HttpPart>());
        builder.Services.AddOrleansJobsApi();
        HttpPart.Listen(builder);
    }
}
