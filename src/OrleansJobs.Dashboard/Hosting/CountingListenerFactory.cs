using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>
/// Puts the limit of connections from one address before every address that the application's server listens on, however that came to be configured. A
/// middleware of connections would have to be put on each by who configures it. HTTP/3 has no such connections.
/// </summary>
internal sealed class CountingListenerFactory(IServiceProvider services) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly Lazy<SocketTransportFactory> _sockets = new(() => ActivatorUtilities.CreateInstance<SocketTransportFactory>(services));

    public bool CanBind(EndPoint endpoint) => Transports().Any(transport => CanBind(transport, endpoint));

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await Transports().First(transport => CanBind(transport, endpoint)).BindAsync(endpoint, cancellationToken);
        var counts = services.GetRequiredService<AddressCounts>();
        return counts.Limit is null ? listener : new CountingListener(listener, counts, services.GetRequiredService<RefusedConnections>());
    }

    /// <summary>Those of the application, the last one first, as its server asks them. The server adds its own only where there is none, and there is this one.</summary>
    private IEnumerable<IConnectionListenerFactory> Transports()
    {
        foreach (var transport in services.GetServices<IConnectionListenerFactory>().Reverse().Where(transport => transport is not CountingListenerFactory))
        {
            yield return transport;
        }

        yield return _sockets.Value;
    }

    private static bool CanBind(IConnectionListenerFactory transport, EndPoint endpoint) =>
        transport is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);
}
