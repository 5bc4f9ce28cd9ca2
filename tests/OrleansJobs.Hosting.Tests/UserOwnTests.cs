using System.Net;
using System.Net.Sockets;
using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Hosting.Tests;

/// <summary>A silo that a user put together by himself; the library only checks its settings and tells its faults.</summary>
public sealed class UserOwnTests(SharedPostgres postgres, ITestOutputHelper output) : RefusalTest(HostProgram.UserOwn, postgres, output)
{
    [SkippableFact]
    public Task UnknownKeys_AreListedTogether() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, Settings(grid, "--JobGrid:Clases:email:Rate=1/s", "--JobGrid:Classes:emial:Rate=1/s", "--JobGrid:Store=sqlite"));
        Assert.Contains("JobGrid:Clases is not a setting; did you mean JobGrid:Classes?", said);
        Assert.Contains("JobGrid:Classes:emial is not a job class of this host; did you mean JobGrid:Classes:email?", said);
        Assert.Contains("JobGrid:Store is not a setting", said);
    });

    [SkippableFact]
    public Task TakenSiloPort_IsNamedBeforeTheStoreIsMade() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        using var stranger = new TcpListener(IPAddress.Loopback, Ports.Next());
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;
        Assert.Contains($"JobGrid:Cluster:SiloPort: port {port} of 127.0.0.1 is already in use.", await RefusedAsync(grid, Settings(grid) with { SiloPort = port }));
        Assert.False(File.Exists(grid.SqlitePath));
    });

    [SkippableFact]
    public Task Settings_OfTheSection_HaveTheirSay() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var host = await grid.StartAsync(Settings(grid, "--JobGrid:Classes:email:MaxLocalWorkers=3"));
        Assert.Equal(3, (await host.Http.ClassAsync("email")).Settings.MaxLocalWorkers);
        await host.TerminateAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, host.ExitCode);
    });

    private static HostSettings Settings(TestGrid grid, params IReadOnlyList<string> options) =>
        grid.Settings(options) with { Store = [$"--Database={grid.SqlitePath}"] };
}
