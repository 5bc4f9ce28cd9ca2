using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// Refuses calls that a browser makes for a page of somebody else: such a page reaches whatever the visitor's machine reaches, and sends
/// what their browser knows them by.
/// </summary>
internal sealed class RequestGuard(IOptions<OrleansJobsAccessOptions> access, PageTokens tokens)
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Why a call is refused; null when it is not.</summary>
    public async Task<HttpFault?> CheckAsync(HttpContext http, Caller? caller)
    {
        if (CheckHost(http) is { } fault)
        {
            return fault;
        }

        if (IsSafe(http.Request))
        {
            return null;
        }

        return CheckSite(http.Request)
            ?? (caller is { IsAmbient: true } && !await tokens.IsValidAsync(http) ? HttpFault.NoPageToken(PageTokens.HeaderName) : null);
    }

    private static bool IsSafe(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method);

    /// <summary>
    /// What comes through loopback was sent to a name of loopback, or a page has had its own name point here (DNS rebinding) to be of one
    /// site with the grid.
    /// </summary>
    private HttpFault? CheckHost(HttpContext http)
    {
        var host = http.Request.Host.Host;
        var fine = !http.CameThroughLoopback() || IsLoopbackName(host) || access.Value.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase);
        return fine ? null : HttpFault.ForeignHost(host);
    }

    private static bool IsLoopbackName(string host) =>
        IPAddress.TryParse(host, out var address)
            ? IPAddress.IsLoopback(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private static HttpFault? CheckSite(HttpRequest request)
    {
        if (request.Headers[FetchSite] is [{ Length: > 0 } site] && site is not ("same-origin" or "none"))
        {
            return HttpFault.CrossOrigin($"another origin ({FetchSite}: {site})");
        }

        var origins = request.Headers.Origin;
        return origins.Count == 0 || (origins is [{ } origin] && IsOwn(origin, request)) ? null : HttpFault.CrossOrigin(origins.ToString());
    }

    /// <summary>By host and port alone: a proxy that ends TLS changes the scheme.</summary>
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (request.Host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);
}
