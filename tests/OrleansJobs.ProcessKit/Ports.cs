using System.Net;
using System.Net.Sockets;

namespace OrleansJobs.ProcessKit;

/// <summary>Loopback ports for servers. Another process may still take one before its server does: servers that fail to bind are started anew.</summary>
internal static class Ports
{
    // Below the range from which systems take the ports of outgoing connections.
    private const int Lowest = 15_000;
    private const int Highest = 29_999;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        lock (Gate)
        {
            while (true)
            {
                var port = Random.Shared.Next(Lowest, Highest);
                if (!Given.Contains(port) && IsFree(port))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
