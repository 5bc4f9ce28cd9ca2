using System.Net;
using System.Net.Sockets;
using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>Silos that cannot start; what they share with other hosts, and their own settings.</summary>
public sealed class BadStartTests(SharedPostgres postgres, ITestOutputHelper output) : BadStartSuite(HostProgram.Silo, postgres, output)
{
    [SkippableFact]
    public Task InvalidClusterOptions_AreListedTogether() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings("--JobGrid:Store=oracle", "--JobGrid:Cluster:SiloPort=99999", "--JobGrid:Cluster:Address=here"));
        Assert.All(["JobGrid:Store", "oracle", "JobGrid:Cluster:SiloPort", "99999", "JobGrid:Cluster:Address"], text => Assert.Contains(text, said));
    });

    [SkippableFact]
    public Task TakenPorts_AreNamedBeforeTheSiloJoins() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        using var stranger = new TcpListener(IPAddress.Loopback, Ports.Next());
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        string[] keys = ["JobGrid:Cluster:SiloPort", "JobGrid:Cluster:GatewayPort"];
        HostSettings[] settings = [grid.Settings() with { SiloPort = port }, grid.Settings() with { GatewayPort = port }];
        foreach (var (key, taken) in keys.Zip(settings))
        {
            Assert.Contains($"{key}: port {port} of 127.0.0.1 is already in use", await RefusedAsync(grid, taken));
        }

        Assert.False(File.Exists(grid.SqlitePath));
    });
}
