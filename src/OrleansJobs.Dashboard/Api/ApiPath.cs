using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Where the API is, as browsers have to ask for it: wherever the host has mapped it, and below its path base.</summary>
internal static class ApiPath
{
    /// <summary>The route by whose name the API is found.</summary>
    public const string Anchor = "/session", AnchorName = "OrleansJobs.Session";

    /// <exception cref="InvalidOperationException">The host has pages, but no API.</exception>
    public static string Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<LinkGenerator>().GetPathByName(http, AnchorName)?[..^Anchor.Length]
        ?? throw new InvalidOperationException("The dashboard reads the HTTP API of the same application, which has none: call MapOrleansJobsApi() too.");
}
