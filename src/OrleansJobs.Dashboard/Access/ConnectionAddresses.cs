using System.Net;
using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The addresses of a connection. A server that listens on all of IPv6 has those of IPv4 in the form of IPv6.</summary>
internal static class ConnectionAddresses
{
    /// <summary>Where the call came from; null if the server knows no addresses.</summary>
    public static IPAddress? From(this HttpContext http) => Plain(http.Connection.RemoteIpAddress);

    /// <summary>
    /// Whether the call came through an address that other machines may reach, or a trusted proxy says that it came from another machine. A
    /// server without addresses is a pipe, or a test.
    /// </summary>
    public static bool CameThroughNetwork(this HttpContext http) =>
        IsOfNetwork(http.Connection.LocalIpAddress) || IsOfNetwork(http.Connection.RemoteIpAddress);

    /// <summary>Whether the call came through loopback, from this machine.</summary>
    public static bool CameThroughLoopback(this HttpContext http) => http.Connection.LocalIpAddress is not null && !http.CameThroughNetwork();

    private static bool IsOfNetwork(IPAddress? address) => Plain(address) is { } plain && !IPAddress.IsLoopback(plain);

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
