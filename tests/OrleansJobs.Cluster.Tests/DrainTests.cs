using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>A silo is asked to leave while jobs run.</summary>
public sealed class DrainTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private const int Hanging = 8;
    private const int Ending = 8;
    private const int EndingMilliseconds = 2_000;
    private const string DrainTimeout = "--JobGrid:Workers:DrainTimeout=5s";

    /// <summary>The drain, its grace and its release (5 + 2 + 2 s), and what the rest of the host takes to stop.</summary>
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(9 + 6);

    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(2);

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Terminate_OfTheOnlySilo_EndsOrReleasesItsJobs(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var silo = await grid.StartAsync(DrainTimeout);
        var (hanging, ending) = (Probes.Many(Hanging, 0, "Hang"), Probes.Many(Ending, EndingMilliseconds));
        await silo.Http.SubmitAsync([.. hanging, .. ending]);
        await WaitStartsAsync(grid, Hanging + Ending);
        var took = await silo.TerminateAsync(ExitLimit);
        Say($"{store}: left {took.TotalSeconds:0.0} s after SIGTERM, code {silo.ExitCode}");
        Assert.Equal(0, silo.ExitCode);

        silo = await grid.RestartAsync(silo);
        await WaitStartsAsync(grid, Hanging + Ending + Hanging);
        foreach (var job in ending)
        {
            Assert.Equal((JobState.Succeeded, 1), await StateAsync(silo, job.Id!.Value));
        }

        foreach (var job in hanging)
        {
            await RequireReleasedAsync(silo, job.Id!.Value);
            await silo.Http.CancelAsync(job.Id!.Value);
        }

        await silo.Http.WaitIdleAsync(TimeSpan.FromSeconds(20));
        grid.Effects().RequireOrder(maxAttempts: 1);
    });

    [SkippableFact]
    public Task Terminate_OfOneSiloOfTwo_StartsItsJobsOnTheOtherAtOnce() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var silos = await grid.StartManyAsync(2, DrainTimeout);
        var (leaving, staying) = (silos[0], silos[1]);
        var hanging = Probes.Many(2 * Hanging, 0, "Hang");
        await staying.Http.SubmitAsync(hanging);
        await WaitStartsAsync(grid, hanging.Count);
        var moved = grid.Effects().Runs.Where(run => run.Process == leaving.Id).Select(run => run.Job).ToHashSet();
        Assert.NotEmpty(moved);
        var took = await leaving.TerminateAsync(ExitLimit);
        await WaitStartsAsync(grid, hanging.Count + moved.Count);

        var waits = new List<TimeSpan>();
        foreach (var id in moved)
        {
            var released = await RequireReleasedAsync(staying, id);
            var again = grid.Effects().ByJob()[id].Last();
            Assert.Equal(staying.Id, again.Process);
            waits.Add(DateTimeOffset.FromUnixTimeMilliseconds(again.StartedAt) - released.EndedAt);
        }

        Say($"left {took.TotalSeconds:0.0} s after SIGTERM; {moved.Count} jobs ran on the other silo {waits.Max().TotalMilliseconds:0} ms after their release at most");
        Assert.True(waits.Max() < RestartLimit, $"A released job waited {waits.Max()}.");
        grid.Effects().RequireOrder(maxAttempts: 1);
    });

    private static Task WaitStartsAsync(TestGrid grid, int starts) =>
        Clock.UntilAsync($"{starts} starts", TimeSpan.FromSeconds(30), () => grid.Effects().Runs.Count >= starts);

    private static async Task<(JobState State, int Attempt)> StateAsync(HostProcess silo, JobId id)
    {
        var job = await silo.Http.GetAsync(id);
        return (job.State, job.Attempt);
    }

    private static async Task<JobAttempt> RequireReleasedAsync(HostProcess silo, JobId id)
    {
        var job = await silo.Http.GetAsync(id);
        Assert.Equal((JobState.Running, 1), (job.State, job.Attempt));
        var attempt = Assert.Single(job.Attempts);
        Assert.Equal((AttemptOutcome.Released, 1), (attempt.Outcome, attempt.Number));
        return attempt;
    }
}
