using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>Where a web application listens.</summary>
internal sealed class HttpPart(IConfiguration configuration) : IHostPart
{
    public const string UrlKey = $"{OrleansJobsHttpOptions.Section}:Url";

    public IEnumerable<ListenPoint> ListenPoints => OrleansJobsHttpOptions.UrlsOf(configuration)
        .Select(BindingAddress.Parse)
        .Where(address => !address.IsUnixPipe && !address.IsNamedPipe)
        .Select(address => new ListenPoint(UrlKey, new IPEndPoint(AddressOf(address.Host), address.Port)));

    /// <summary>Has the application listen where its settings say; on loopback alone if nothing says where.</summary>
    public static void Listen(WebApplicationBuilder builder)
    {
        var urls = OrleansJobsHttpOptions.UrlsOf(builder.Configuration);
        if (builder.Configuration[UrlKey] is { Length: > 0 } || urls is [OrleansJobsHttpOptions.DefaultUrl])
        {
            builder.WebHost.UseUrls([.. urls]);
        }
    }

    /// <summary>Whether an application listens where the setting says, or there is no setting.</summary>
    public static bool IsInEffect(IConfiguration configuration) => configuration[UrlKey] is not { Length: > 0 }
        || configuration[WebHostDefaults.ServerUrlsKey] == string.Join(';', OrleansJobsHttpOptions.UrlsOf(configuration));

    public void Read(SettingsReader settings)
    {
        // What reads the section is the API.
    }

    /// <summary>As the HTTP server takes hosts: what is no address stands for all of them.</summary>
    private static IPAddress AddressOf(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.Any;
}
