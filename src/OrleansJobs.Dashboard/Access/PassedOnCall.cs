using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// Calls that somebody passes on. A proxy on this machine reaches the grid through loopback for whoever reaches the proxy, so where nobody is
/// asked who they are such a call is not the machine's user's.
/// </summary>
internal static class PassedOnCall
{
    /// <summary>How the headers begin that proxies add by convention, and those into which ASP.NET moves the ones that it has believed.</summary>
    private static readonly string[] Prefixes = ["X-Forwarded", "X-Original-"];

    private static readonly string[] Names =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-IP", "X-Envoy-External-Address", "X-Azure-ClientIP",
        "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP", "Fly-Client-IP", "CDN-Loop",
    ];

    /// <summary>What shows that a call was passed on, in words; null if nothing does.</summary>
    public static string? SignOf(HttpRequest request) =>
        request.Headers.Keys.FirstOrDefault(IsOfProxy) is { } header ? $"has the header '{header}'"
        : HttpProtocol.IsHttp10(request.Protocol) ? "is in HTTP/1.0"
        : null;

    private static bool IsOfProxy(string header) =>
        Names.Contains(header, StringComparer.OrdinalIgnoreCase)
        || Array.Exists(Prefixes, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
