using System.Net;
using System.Net.Sockets;
using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Hosting.Tests;

/// <summary>A user's own silo that cannot start.</summary>
public sealed class UserSiloTests(SharedPostgres postgres, ITestOutputHelper output) : BadStartSuite(HostProgram.UserSilo, postgres, output)
{
    [SkippableFact]
    public Task TakenPorts_AreNamedTogetherBeforeTheStoreIsMade() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        using var first = Stranger();
        using var second = Stranger();
        var (silo, gateway) = (PortOf(first), PortOf(second));
        var said = await RefusedAsync(grid, grid.Settings() with { SiloPort = silo, GatewayPort = gateway });
        Assert.Contains($"JobGrid:Cluster:SiloPort: port {silo} of 127.0.0.1 is already in use.", said);
        Assert.Contains($"JobGrid:Cluster:GatewayPort: port {gateway} of 127.0.0.1 is already in use.", said);
        Assert.False(File.Exists(grid.SqlitePath));
    });

    private static TcpListener Stranger()
    {
        var listener = new TcpListener(IPAddress.Loopback, Ports.Next());
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
