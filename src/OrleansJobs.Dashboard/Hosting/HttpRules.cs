using System.Net;
using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>What HTTP options have to keep to.</summary>
internal static class HttpRules
{
    public static IReadOnlyList<string> Check(OrleansJobsHttpOptions options) =>
    [
        .. options.ReadFaults,
        .. CheckConnections(nameof(options.MaxConnections), options.MaxConnections),
        .. CheckConnections(nameof(options.MaxConnectionsPerAddress), options.MaxConnectionsPerAddress),
        .. Split(options.Url ?? "").Where(url => !IsListenable(url)).Select(url =>
            $"{OrleansJobsHttpOptions.Section}:{nameof(options.Url)} is '{url}'; expected http(s)://host:port, such as {OrleansJobsHttpOptions.DefaultUrl}."),
        .. options.TrustedProxies.Where(proxy => TrustedProxies.Parse(proxy) is null).Select(proxy =>
            $"{OrleansJobsHttpOptions.Section}:{nameof(options.TrustedProxies)} has '{proxy}'; allowed is the address of a proxy, such as 10.0.0.7, or a network "
                + "of proxies that is not all addresses, such as 10.1.0.0/16."),
    ];

    public static string ConnectionsFault(string name, string value) =>
        $"{OrleansJobsHttpOptions.Section}:{name} is '{value}'; allowed is {ConnectionLimits.Min} to {ConnectionLimits.Most}.";

    /// <summary>Addresses that are parted by semicolons.</summary>
    public static string[] Split(string urls) => urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Whether other machines reach an address. As the HTTP server takes hosts: what is neither an address nor localhost stands for all
    /// addresses.
    /// </summary>
    public static bool IsReachable(string url)
    {
        var address = BindingAddress.Parse(url);
        return !address.IsUnixPipe && !address.IsNamedPipe
            && !(IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? IPAddress.IsLoopback(ip) : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> CheckConnections(string name, int? value) =>
        value is < ConnectionLimits.Min or > ConnectionLimits.Most ? [ConnectionsFault(name, $"{value}")] : [];

    private static bool IsListenable(string url)
    {
        // Kestrel takes * and + for a host, which are no hosts to Uri.
        var text = url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0;
    }
}
