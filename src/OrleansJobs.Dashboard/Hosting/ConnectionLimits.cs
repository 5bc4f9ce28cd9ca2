using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>Bounds the connections of a server: each costs memory, and a stranger needs no key to open one.</summary>
internal sealed class ConnectionLimits(IConfiguration configuration) : IPostConfigureOptions<KestrelServerOptions>
{
    /// <summary>The fewest that may be configured, of all and of one address.</summary>
    public const int Min = 10;

    /// <summary>The most that may be configured, of all and of one address.</summary>
    public const int Most = 1_000_000;

    /// <summary>Connections of a host of the grid when nothing is said: all streams there may be, and four times as many beside them.</summary>
    public const int Default = 5 * LiveLimits.MaxListeners;

    /// <summary>
    /// Connections from one address when nothing is said: enough for an office that is behind one address, and a twentieth of all. Where there are few in
    /// all it is half of them.
    /// </summary>
    public const int DefaultPerAddress = 250;

    public void PostConfigure(string? name, KestrelServerOptions options)
    {
        var limits = options.Limits;
        limits.MaxConcurrentConnections = HttpConfiguration.Read(configuration).MaxConnections
            ?? limits.MaxConcurrentConnections
            ?? (HttpConfiguration.ListensForTheGrid(configuration) ? Default : null);
    }

    /// <summary>Connections that one address may have; null for any number. As the limit of all it is left to an application that has its own server.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <param name="all">How many there may be in all; null for any number.</param>
    public static int? PerAddress(IConfiguration configuration, long? all) => HttpConfiguration.Read(configuration).MaxConnectionsPerAddress
        ?? (HttpConfiguration.ListensForTheGrid(configuration) ? (int)Math.Min(DefaultPerAddress, all / 2 ?? DefaultPerAddress) : null);
}
