using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Telemetry.Export;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets Prometheus read a host's measures.</summary>
public static class TelemetryEndpointExtensions
{
    /// <summary>
    /// Maps the measures of this process in Prometheus' text format, or in that of OpenMetrics if the caller accepts it. Needs
    /// <see cref="AccessPolicies.Viewer"/>: where keys are configured, Prometheus sends one as its bearer token. Maps nothing if
    /// <see cref="OrleansJobs.Telemetry.TelemetryOptions.Prometheus"/> is off.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path; <c>/metrics</c> by default.</param>
    /// <exception cref="InvalidOperationException"><c>AddOrleansJobsTelemetry</c> was not called.</exception>
    public static IEndpointRouteBuilder MapOrleansJobsMetrics(this IEndpointRouteBuilder endpoints, string pattern = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var plan = endpoints.ServiceProvider.GetService<ExportPlan>()
            ?? throw new InvalidOperationException("MapOrleansJobsMetrics needs AddOrleansJobsTelemetry before.");
        if (plan.Options.Prometheus)
        {
            endpoints.MapPrometheusScrapingEndpoint(pattern, meterProvider: null, Secure, optionsName: null).RequireAuthorization(AccessPolicies.Viewer);
        }

        return endpoints;
    }

    private static void Secure(IApplicationBuilder scrape) => scrape.Use((http, next) =>
    {
        SecurityHeaders.Write(http.Response, SecurityHeaders.ApiPolicy);
        return next(http);
    });
}
