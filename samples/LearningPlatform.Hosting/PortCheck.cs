using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using OrleansJobs;

namespace LearningPlatform.Hosting;

/// <summary>
/// Finds ports that somebody else has before the engine runs: the HTTP server starts last, and a host that then leaves again has taken
/// jobs meanwhile.
/// </summary>
internal static class PortCheck
{
    /// <summary>Listens on all ports at once and stops again.</summary>
    /// <exception cref="InvalidOptionsException">Names each port that cannot be had.</exception>
    public static void ThrowIfTaken(IEnumerable<(string Key, IPEndPoint Endpoint)> endpoints)
    {
        var faults = new List<string>();
        var sockets = new List<Socket>();
        try
        {
            foreach (var (key, endpoint) in endpoints)
            {
                sockets.Add(new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
                if (Listen(sockets[^1], endpoint) is { } error)
                {
                    faults.Add(Fault(key, endpoint, error));
                }
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }

    /// <summary>Where the HTTP server is going to listen.</summary>
    public static IEnumerable<(string Key, IPEndPoint Endpoint)> EndpointsOf(string key, string urls) => urls.Split(';')
        .Select(url => BindingAddress.Parse(url.Trim()))
        .Select(address => (key, new IPEndPoint(AddressOf(address.Host), address.Port)));

    // As the HTTP server takes hosts: what is no address stands for all of them.
    private static IPAddress AddressOf(string host) =>
        IPAddress.TryParse(host, out var address) ? address
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.Any;

    private static SocketException? Listen(Socket socket, IPEndPoint endpoint)
    {
        try
        {
            socket.Bind(endpoint);
            socket.Listen();
            return null;
        }
        catch (SocketException error)
        {
            return error;
        }
    }

    private static string Fault(string key, IPEndPoint endpoint, SocketException error) =>
        error.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"{GridHostOptions.Section}:{key}: port {endpoint.Port} of {endpoint.Address} is already in use."
            : $"{GridHostOptions.Section}:{key}: port {endpoint.Port} of {endpoint.Address} cannot be listened on: {error.Message}.";
}
