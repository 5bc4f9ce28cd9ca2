using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>Bounds the connections of a server: each costs memory, and a stranger needs no key to open one.</summary>
internal sealed class ConnectionLimits(IConfiguration configuration) : IPostConfigureOptions<KestrelServerOptions>
{
    /// <summary>The fewest that may be configured.</summary>
    public const int Min = 10;

    /// <summary>The most that may be configured.</summary>
    public const int Most = 1_000_000;

    /// <summary>Connections of a host of the grid when nothing is said: all streams there may be, and four times as many beside them.</summary>
    public const int Default = 5 * LiveLimits.MaxListeners;

    public void PostConfigure(string? name, KestrelServerOptions options)
    {
        var limits = options.Limits;
        limits.MaxConcurrentConnections = HttpConfiguration.Read(configuration).MaxConnections
            ?? limits.MaxConcurrentConnections
            ?? (HttpConfiguration.ListensForTheGrid(configuration) ? Default : null);
    }
}
