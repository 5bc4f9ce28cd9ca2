using System.Net.Sockets;

namespace OrleansJobs.Workers.Settings;

/// <summary>
/// Finds ports that somebody else has before the engine runs: servers start last, and a host that then leaves again has taken jobs, or
/// pushed another silo out of its cluster, meanwhile.
/// </summary>
public static class PortCheck
{
    /// <summary>Listens on all ports at once and stops again; a fault in a sentence for each that cannot be had.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<ListenPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        List<string> faults = [];
        List<Socket> sockets = [];
        try
        {
            foreach (var point in points)
            {
                sockets.Add(new Socket(point.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
                if (Listen(sockets[^1], point) is { } fault)
                {
                    faults.Add(fault);
                }
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        return faults;
    }

    private static string? Listen(Socket socket, ListenPoint point)
    {
        try
        {
            socket.Bind(point.Endpoint);
            socket.Listen();
            return null;
        }
        catch (SocketException error)
        {
            var place = $"{point.Key}: port {point.Endpoint.Port} of {point.Endpoint.Address}";
            return error.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"{place} is already in use."
                : $"{place} cannot be listened on: {error.Message}.";
        }
    }
}
