using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.EmbeddedHost.Tests;

/// <summary>Embedded grids that cannot start.</summary>
public sealed class BadStartTests(SharedPostgres postgres, ITestOutputHelper output) : BadStartSuite(HostProgram.Embedded, postgres, output)
{
    [SkippableFact]
    public Task ClusterSettings_AreRefused_ForThereIsNoCluster() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings("--JobGrid:Cluster:SiloPort=11111"));
        Assert.Contains("JobGrid:Cluster is not a setting", said);
    });

    [SkippableFact]
    public Task Probes_ThatAreNotEnabled_AreUnknown() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings("--JobGrid:Probe:Enabled=false", "--JobGrid:Classes:probe:MaxLocalWorkers=4"));
        Assert.Contains("JobGrid:Classes:probe is not a job class of this host", said);
        Assert.Contains("JobGrid:Probe:Enabled is 'maybe'", await RefusedAsync(grid, grid.Settings("--JobGrid:Probe:Enabled=maybe")));
    });

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task StoreInUse_IsRefused_WithTheNameOfItsHolder(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var holder = await grid.StartAsync();
        var said = await RefusedAsync(grid, grid.Settings());
        Assert.All(["in use", $"{holder.Id}"], text => Assert.Contains(text, said));

        await holder.Http.SubmitAsync(Probes.Many(20, 1));
        await holder.Http.WaitIdleAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([holder.Id], grid.Effects().Runs.Select(run => run.Process).Distinct());
    });
}
