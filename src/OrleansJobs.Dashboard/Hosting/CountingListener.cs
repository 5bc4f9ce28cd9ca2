using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>Accepts connections as another listener does, and closes those at once whose address has too many.</summary>
internal sealed class CountingListener(IConnectionListener listener, AddressCounts counts, RefusedConnections refused) : IConnectionListener
{
    public EndPoint EndPoint => listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await listener.AcceptAsync(cancellationToken) is { } connection)
        {
            var from = (connection.RemoteEndPoint as IPEndPoint)?.Address;
            if (counts.TryEnter(from, out var place))
            {
                return place is null ? connection : new CountedConnection(connection, () => counts.Leave(place));
            }

            await RefuseAsync(connection, from!);
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => listener.UnbindAsync(cancellationToken);

    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async ValueTask RefuseAsync(ConnectionContext connection, IPAddress from)
    {
        try
        {
            try
            {
                refused.Add(from, counts.Limit);
            }
            finally
            {
                connection.Abort(new ConnectionAbortedException("Its address has too many connections."));
                await connection.DisposeAsync();
            }
        }
#pragma warning disable CA1031 // The server would accept nobody any more.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Whoever writes the log or takes the measure may throw anything; there is nobody left to tell.
        }
    }
}
