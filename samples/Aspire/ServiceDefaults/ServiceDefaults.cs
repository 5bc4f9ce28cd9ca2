using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What each service of the application has, as in Aspire's own template: health endpoints, and telemetry to where the app host says.</summary>
public static class ServiceDefaults
{
    private const string Health = "/health";
    private const string Alive = "/alive";
    private const string LiveTag = "live";

    /// <summary>Sets telemetry and health checks up.</summary>
    /// <param name="builder">The service.</param>
    public static void AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Logging.AddOpenTelemetry(logs => (logs.IncludeFormattedMessage, logs.IncludeScopes) = (true, true));
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(requests => requests.Filter = http =>
                !http.Request.Path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase) && !http.Request.Path.StartsWithSegments(Alive, StringComparison.OrdinalIgnoreCase)))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("System.Runtime", "Microsoft.Orleans"));
        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }

        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
    }

    /// <summary>Maps whether the service can work (all checks), and whether it is alive. They tell the status alone; the log has the reason.</summary>
    /// <param name="app">The service.</param>
    public static void MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapHealthChecks(Health);
        app.MapHealthChecks(Alive, new HealthCheckOptions { Predicate = check => check.Tags.Contains(LiveTag) });
    }
}
