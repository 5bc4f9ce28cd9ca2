using System.Net;
using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The addresses of a connection. A server that listens on all of IPv6 has those of IPv4 in the form of IPv6.</summary>
internal static class ConnectionAddresses
{
    /// <summary>Where the call came from; null if the server knows no addresses.</summary>
    public static IPAddress? From(this HttpContext http) => Plain(http.Connection.RemoteIpAddress);

    /// <summary>Whether the call came through an address that other machines may reach. A server without addresses is a pipe, or a test.</summary>
    public static bool CameThroughNetwork(this HttpContext http) => Plain(http.Connection.LocalIpAddress) is { } local && !IPAddress.IsLoopback(local);

    /// <summary>Whether the call came through loopback.</summary>
    public static bool CameThroughLoopback(this HttpContext http) => Plain(http.Connection.LocalIpAddress) is { } local && IPAddress.IsLoopback(local);

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
