using System.Globalization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>Reads from a configuration how the API is reached.</summary>
internal static class HttpConfiguration
{
    /// <summary>What an address is called that is not the grid's setting.</summary>
    public const string ApplicationUrl = "The application's own address";

    private const string KestrelEndpoints = "Kestrel:Endpoints";

    public static OrleansJobsHttpOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(OrleansJobsHttpOptions.Section);
        var options = new OrleansJobsHttpOptions { Url = section[nameof(OrleansJobsHttpOptions.Url)] is { Length: > 0 } url ? url : null };
        foreach (var proxy in ConfiguredList.Read(section.GetSection(nameof(options.TrustedProxies))))
        {
            options.TrustedProxies.Add(proxy);
        }

        options.MaxConnections = ReadConnections(section, nameof(options.MaxConnections), options);
        options.MaxConnectionsPerAddress = ReadConnections(section, nameof(options.MaxConnectionsPerAddress), options);
        return options;
    }

    /// <summary>Whether the application listens where the grid says, and so is a host of the grid rather than one that has a grid too.</summary>
    public static bool ListensForTheGrid(IConfiguration configuration) => Read(configuration).Url is not null || OwnUrls(configuration).Count == 0;

    public static OrleansJobsAccessOptions ReadAccess(IConfiguration configuration)
    {
        var access = new OrleansJobsAccessOptions();
        new AccessConfiguration(configuration).Configure(access);
        return access;
    }

    /// <summary>What is wrong, each fault in a sentence; the addresses count only when they can be read.</summary>
    public static IReadOnlyList<string> Check(IConfiguration configuration, OrleansJobsAccessOptions access)
    {
        string[] faults = [.. Unknown(configuration), .. Read(configuration).Validate()];
        return [.. faults, .. faults.Length == 0 ? Exposed(Listening(configuration), access) : [], .. access.Validate()];
    }

    /// <summary>Where an application listens by its own settings, in the order in which its server goes by them; empty when they do not say.</summary>
    public static IReadOnlyList<string> OwnUrls(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection(KestrelEndpoints).GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToArray();
        return endpoints.Length > 0 ? endpoints
            : configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } urls ? HttpRules.Split(urls)
            : [.. Ports(configuration, WebHostDefaults.HttpPortsKey, "http"), .. Ports(configuration, WebHostDefaults.HttpsPortsKey, "https")];
    }

    /// <summary>Where an application listens, each address with the name of the setting that says so.</summary>
    public static IReadOnlyList<(string Setting, string Url)> Listening(IConfiguration configuration)
    {
        const string Setting = $"{OrleansJobsHttpOptions.Section}:{nameof(OrleansJobsHttpOptions.Url)}";
        return Read(configuration).Url is { } urls ? [.. HttpRules.Split(urls).Select(url => (Setting, url))]
            : OwnUrls(configuration) is { Count: > 0 } own ? [.. own.Select(url => (ApplicationUrl, url))]
            : [(Setting, OrleansJobsHttpOptions.DefaultUrl)];
    }

    /// <summary>The addresses that strangers reach although nobody is asked who they are, each in a sentence.</summary>
    public static IEnumerable<string> Exposed(IEnumerable<(string Setting, string Url)> listening, OrleansJobsAccessOptions access) => access.IsOpen
        ? listening.Where(one => HttpRules.IsReachable(one.Url)).Select(one =>
            $"{one.Setting} is '{one.Url}', which other machines can reach, but anybody may do anything with the job grid there: no keys are configured. Make "
                + $"one with `jobs key new NAME --role admin` and set {OrleansJobsAccessOptions.Section}:Keys, or listen on loopback, such as {OrleansJobsHttpOptions.DefaultUrl}.")
        : [];

    private static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        string[] known =
        [
            nameof(OrleansJobsHttpOptions.Url), nameof(OrleansJobsHttpOptions.TrustedProxies), nameof(OrleansJobsHttpOptions.MaxConnections),
            nameof(OrleansJobsHttpOptions.MaxConnectionsPerAddress),
        ];
        return configuration.GetSection(OrleansJobsHttpOptions.Section).GetChildren()
            .Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            .Select(child => UnknownName.Fault(OrleansJobsHttpOptions.Section, child.Key, known));
    }

    private static int? ReadConnections(IConfigurationSection section, string name, OrleansJobsHttpOptions options)
    {
        var text = section[name];
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var connections))
        {
            return connections;
        }

        if (text is { Length: > 0 })
        {
            options.ReadFaults.Add(HttpRules.ConnectionsFault(name, text));
        }

        return null;
    }

    private static IEnumerable<string> Ports(IConfiguration configuration, string key, string scheme) =>
        HttpRules.Split(configuration[key] ?? "").Select(port => $"{scheme}://*:{port}");
}
