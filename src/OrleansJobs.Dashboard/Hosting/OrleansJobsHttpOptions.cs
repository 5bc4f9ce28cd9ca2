using Microsoft.Extensions.Configuration;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Hosting;

namespace OrleansJobs.Dashboard;

/// <summary>How the HTTP API is reached: the configuration section <see cref="Section"/>.</summary>
public sealed class OrleansJobsHttpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "JobGrid:Http";

    /// <summary>Where a host of the grid listens when nothing says where: this machine alone can reach it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>
    /// Addresses to listen on, parted by semicolons, each <c>http(s)://host:port</c>; null leaves it to the application. One that other
    /// machines reach needs <see cref="OrleansJobsAccessOptions.Keys"/> or <see cref="OrleansJobsAccessOptions.Schemes"/>.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// Reverse proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Prefix</c> are believed, each an address such as
    /// <c>10.0.0.7</c> or a network such as <c>10.1.0.0/16</c>. None by default: then these headers change nothing.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// Connections that the server keeps open at once, from 10 to 1,000,000; further ones are closed as they come. It counts for the whole
    /// application, so null, the default, leaves it to one that has addresses of its own; another one has 5,000.
    /// </summary>
    public int? MaxConnections { get; set; }

    /// <summary>
    /// Connections that the server keeps open at once from one address (of IPv6, from one network of 64 bits), from 10 to 1,000,000; further ones are closed as
    /// they come. This machine and <see cref="TrustedProxies"/> may have any number. It counts for the whole application, so null, the default, leaves it to
    /// one that has addresses of its own; another one has 250, or half of <see cref="MaxConnections"/> where that is less.
    /// </summary>
    public int? MaxConnectionsPerAddress { get; set; }

    /// <summary>What could not be read from the configuration.</summary>
    internal List<string> ReadFaults { get; } = [];

    /// <summary>What is wrong with the options, each fault in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate() => HttpRules.Check(this);

    /// <summary>
    /// What is wrong with the options in a configuration, with who may use the API, and with the two together; each fault in a sentence.
    /// </summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="access">Who may use the API, if the application adds to what the configuration says.</param>
    public static IReadOnlyList<string> Validate(IConfiguration configuration, OrleansJobsAccessOptions? access = null) =>
        HttpConfiguration.Check(configuration, access ?? HttpConfiguration.ReadAccess(configuration));

    /// <summary>
    /// Where an application with this configuration listens: on <see cref="Url"/>; else on its own addresses (<c>Kestrel:Endpoints</c>,
    /// <c>ASPNETCORE_URLS</c>, <c>UseUrls</c>, launch settings, <c>ASPNETCORE_HTTP_PORTS</c>); else on <see cref="DefaultUrl"/>.
    /// </summary>
    public static IReadOnlyList<string> UrlsOf(IConfiguration configuration) => [.. HttpConfiguration.Listening(configuration).Select(one => one.Url)];
}
