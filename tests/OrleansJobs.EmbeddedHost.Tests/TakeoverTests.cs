using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.EmbeddedHost.Tests;

/// <summary>What a killed process ran is run by the next one, which does not wait until leases would run out.</summary>
public sealed class TakeoverTests(SharedPostgres postgres, ITestOutputHelper output) : ProcessTest(HostProgram.Embedded, postgres, output)
{
    private const int Running = 16;

    /// <summary>From when the next process is ready; waiting until leases run out would take 30 s.</summary>
    private static readonly TimeSpan TakeoverLimit = TimeSpan.FromSeconds(2);

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Kill_WhileJobsRun_TheNextProcessRunsThemAtOnce(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var host = await grid.StartAsync();
        var jobs = Probes.Many(Running, 0, "Hang");
        await host.Http.SubmitAsync(jobs);
        await grid.WaitStartsAsync(Running);
        await grid.KillAsync(host);
        var killedAt = host.KilledAt!.Value;
        host = await grid.RestartAsync(host);
        var readyAt = Clock.NowMilliseconds;
        await grid.WaitStartsAsync(2 * Running);

        var again = grid.Effects().Runs.Where(run => run.Process == host.Id).ToList();
        var ranAt = again.Max(run => run.StartedAt);
        Say($"{store}: the next process was ready {readyAt - killedAt} ms after the kill, and all {Running} jobs ran again {ranAt - killedAt} ms after it");
        Assert.All(again, run => Assert.Equal(2, run.Attempt));
        Assert.True(ranAt - readyAt < TakeoverLimit.TotalMilliseconds, $"A job waited {ranAt - readyAt} ms for the process that was ready.");
        await Task.WhenAll(jobs.Select(job => host.Http.CancelAsync(job.Id!.Value)));
        await host.Http.WaitIdleAsync(TimeSpan.FromSeconds(20));
    });
}
