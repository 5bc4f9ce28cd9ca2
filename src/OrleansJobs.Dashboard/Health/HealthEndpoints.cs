using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.OpenApi;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Health;

/// <summary>
/// The health of the process (live) and of the grid behind it (ready): 200, or 503. Open to everybody, since what asks has no key as a
/// rule; but only viewers and above are told the reasons.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous().WithMetadata(HealthOperations.Live);
        endpoints.MapHealthChecks("/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(GridReadyCheck.ReadyTag),
            ResponseWriter = WriteAsync,
        }).AllowAnonymous().WithMetadata(HealthOperations.Ready);
    }

    private static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        SecurityHeaders.Write(http.Response, SecurityHeaders.ApiPolicy);
        if (!await IsViewerAsync(http))
        {
            await http.Response.WriteAsJsonAsync(new HealthAnswer(report.Status), JobsHttpJson.Options, http.RequestAborted);
            return;
        }

        var checks = report.Entries.ToDictionary(entry => entry.Key, entry => new HealthAnswer.Check(entry.Value.Status, Describe(entry.Value)));
        await http.Response.WriteAsJsonAsync(new HealthAnswer(report.Status, checks), JobsHttpJson.Options, http.RequestAborted);
    }

    private static async Task<bool> IsViewerAsync(HttpContext http)
    {
        var known = await http.AuthenticateAsync(AccessPolicies.Scheme);
        return known.Principal is { } user
            && (await http.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(user, http, AccessPolicies.Viewer)).Succeeded;
    }

    /// <summary>The text of an exception that nobody foresaw might hold a connection string; the health service has logged it.</summary>
    private static string Describe(HealthReportEntry entry) =>
        entry.Exception is null ? entry.Description ?? "" : "The check failed; the host's log says why.";
}
