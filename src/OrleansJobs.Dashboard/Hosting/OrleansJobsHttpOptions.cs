using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard;

/// <summary>Where the HTTP API listens: the configuration section <see cref="Section"/>.</summary>
public sealed class OrleansJobsHttpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "JobGrid:Http";

    /// <summary>Where the API listens unless it is told otherwise: this machine alone can reach it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>
    /// Addresses to listen on, parted by semicolons, each <c>http(s)://host:port</c>. <see cref="DefaultUrl"/> by default. One that other
    /// machines reach needs <see cref="OrleansJobsAccessOptions.Keys"/> or <see cref="OrleansJobsAccessOptions.Schemes"/>.
    /// </summary>
    public string Url { get; set; } = DefaultUrl;

    /// <summary>What is wrong with the options, each fault in a sentence; empty when nothing is.</summary>
    /// <param name="access">Who may use the API; when given, its own faults and those of the two together are told too.</param>
    public IReadOnlyList<string> Validate(OrleansJobsAccessOptions? access = null)
    {
        List<string> faults =
        [
            .. Url.Split(';').Where(url => !IsListenable(url)).Select(url =>
                $"{Section}:{nameof(Url)} is '{url}'; expected http(s)://host:port, such as {DefaultUrl}."),
        ];
        if (access is not null)
        {
            faults.AddRange(faults.Count == 0 ? Exposed(Url, access) : []);
            faults.AddRange(access.Validate());
        }

        return faults;
    }

    /// <summary>What is wrong with the options in a configuration, and with who may use the API; each fault in a sentence.</summary>
    public static IReadOnlyList<string> Validate(IConfiguration configuration) =>
        Read(configuration).Validate(ReadAccess(configuration));

    /// <summary>The addresses that strangers reach although nobody is asked who they are, each in a sentence.</summary>
    internal static IEnumerable<string> Exposed(string urls, OrleansJobsAccessOptions access) => access.IsOpen
        ? urls.Split(';').Select(url => url.Trim()).Where(url => !IsLoopback(BindingAddress.Parse(url))).Select(url =>
            $"{Section}:{nameof(Url)} is '{url}', which other machines can reach, but anybody may do anything there: no keys are configured. Make one "
                + $"with `jobs key new NAME --role admin` and set {OrleansJobsAccessOptions.Section}:Keys, or listen on loopback, such as {DefaultUrl}.")
        : [];

    internal static OrleansJobsHttpOptions Read(IConfiguration configuration) =>
        configuration[$"{Section}:{nameof(Url)}"] is { Length: > 0 } url ? new() { Url = url } : new();

    internal static OrleansJobsAccessOptions ReadAccess(IConfiguration configuration)
    {
        var access = new OrleansJobsAccessOptions();
        new AccessConfiguration(configuration).Configure(access);
        return access;
    }

    /// <summary>As the HTTP server takes hosts: what is neither an address nor localhost stands for all addresses.</summary>
    private static bool IsLoopback(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe
        || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? IPAddress.IsLoopback(ip) : address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase));

    private static bool IsListenable(string url)
    {
        // Kestrel takes * and + for a host, which are no hosts to Uri.
        var text = url.Trim().Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0;
    }
}
