using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Health;

/// <summary>The health of the process (live) and of the grid behind it (ready): 200, or 503 with the reasons.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(GridHealthCheck.ReadyTag),
            ResponseWriter = WriteAsync,
        });
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        var checks = report.Entries.ToDictionary(
            entry => entry.Key, entry => new { entry.Value.Status, Description = Describe(entry.Value) });
        return http.Response.WriteAsJsonAsync(new { report.Status, Checks = checks }, JobsHttpJson.Options, http.RequestAborted);
    }

    /// <summary>The text of an exception that nobody foresaw might hold a connection string; the health service has logged it.</summary>
    private static string Describe(HealthReportEntry entry) =>
        entry.Exception is null ? entry.Description ?? "" : "The check failed; the host's log says why.";
}
