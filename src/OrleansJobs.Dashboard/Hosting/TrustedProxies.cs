using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>
/// Believes what the configured proxies say of callers, before anything else looks at a call. The name of the host is not among it: proxies
/// pass that on as it is, and a header that names it could be sent by the page of another site.
/// </summary>
internal sealed class TrustedProxies(IConfiguration configuration) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (HttpConfiguration.Read(configuration).TrustedProxies is { Count: > 0 } proxies)
        {
            app.UseForwardedHeaders(Headers(proxies));
        }

        next(app);
    };

    /// <summary>The addresses that a text names; null if it names none, or all there are.</summary>
    public static IPNetwork? Parse(string text)
    {
        // "10" and "10.1" are addresses to the parser, but nobody means them.
        if (IPAddress.TryParse(text, out var address))
        {
            return text == address.ToString() || text.Contains(':', StringComparison.Ordinal)
                ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                : null;
        }

        // A network that is written by one of its hosts may be a slip: was that host meant, or all of them?
        return IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 && network.BaseAddress.Equals(IPAddress.Parse(text.AsSpan(0, text.IndexOf('/'))))
            ? network
            : null;
    }

    private static ForwardedHeadersOptions Headers(IEnumerable<string> proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix,
            // A chain of proxies is followed as far as they are trusted.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies.Select(Parse).OfType<IPNetwork>())
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
