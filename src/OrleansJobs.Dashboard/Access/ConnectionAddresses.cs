using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The addresses of a connection. A server that listens on all of IPv6 has those of IPv4 in the form of IPv6.</summary>
internal static class ConnectionAddresses
{
    private const int NetworkBytes = 8;

    /// <summary>Where the call came from; null if the server knows no addresses.</summary>
    public static IPAddress? From(this HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Plain(address) : null;

    /// <summary>
    /// Whether the call came through an address that other machines may reach, or a trusted proxy says that it came from another machine. A
    /// server without addresses is a pipe, or a test.
    /// </summary>
    public static bool CameThroughNetwork(this HttpContext http) =>
        IsOfNetwork(http.Connection.LocalIpAddress) || IsOfNetwork(http.Connection.RemoteIpAddress);

    /// <summary>Whether the call came through loopback, from this machine.</summary>
    public static bool CameThroughLoopback(this HttpContext http) => http.Connection.LocalIpAddress is not null && !http.CameThroughNetwork();

    /// <summary>What stands for an address where callers are counted: whoever has one address of IPv6 has the 2^64 of its network.</summary>
    public static IPAddress NetworkOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, NetworkBytes), .. new byte[NetworkBytes]])
        : address;

    /// <summary>An address of IPv4 in its own form.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool IsOfNetwork(IPAddress? address) => address is not null && !IPAddress.IsLoopback(Plain(address));
}
