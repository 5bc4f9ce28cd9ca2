using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>A store that moves from the embedded engine to Orleans and back.</summary>
public sealed class MoveTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private const int Ended = 20;
    private const int Waiting = 30;
    private const int ChangedWorkers = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Store_MovesToOrleansAndBack_WithItsJobsAndLimits(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var embedded = await grid.StartAsync(grid.Settings() with { Program = HostProgram.Embedded });
        await RunAsync(embedded, Probes.Many(Ended, 1));
        await embedded.Http.ChangeAsync(new JobClassChange { Paused = true, MaxLocalWorkers = ChangedWorkers });
        await embedded.Http.SubmitAsync(Probes.Many(Waiting, 1));
        await embedded.TerminateAsync(Patience);

        var silo = await grid.StartAsync();
        var there = await silo.Http.ClassAsync();
        Assert.Equal((Waiting, Ended, true, ChangedWorkers), ((int)there.Counts.Open, (int)there.Counts.Succeeded, there.Settings.Paused, there.Settings.MaxLocalWorkers));
        await silo.Http.ChangeAsync(new JobClassChange { Paused = false });
        await silo.Http.WaitIdleAsync(Patience);
        await silo.TerminateAsync(Patience);

        embedded = await grid.StartAsync(grid.Settings() with { Program = HostProgram.Embedded });
        await embedded.Http.ChangeAsync(new JobClassChange { Paused = false });
        await RunAsync(embedded, Probes.Many(Ended, 1));
        Assert.All((await embedded.Http.AllAsync()).Values, job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
        Assert.Equal(Ended + Waiting + Ended, (await embedded.Http.ResultsAsync()).Select(result => result.Job.Id).Distinct().Count());
    });

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Engines_DoNotShareAStore(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var silo = await grid.StartAsync();
        await RequireRefusedAsync(grid, silo, HostProgram.Embedded);
        await silo.TerminateAsync(Patience);

        var embedded = await grid.StartAsync(grid.Settings() with { Program = HostProgram.Embedded });
        await RequireRefusedAsync(grid, embedded, HostProgram.Silo);
    });

    private static async Task RunAsync(HostProcess host, List<Http.SubmitRequest> jobs)
    {
        await host.Http.SubmitAsync(jobs);
        await host.Http.WaitIdleAsync(Patience);
    }

    private async Task RequireRefusedAsync(TestGrid grid, HostProcess holder, HostProgram program)
    {
        var refused = grid.Launch(grid.Settings() with { Program = program, Name = $"refused-{holder.Id}" });
        await refused.WaitForExitAsync(Patience);
        Say($"exit code {refused.ExitCode}: {refused.Output().TrimEnd()}");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"in use by process {holder.Id}", refused.Output());
    }
}
