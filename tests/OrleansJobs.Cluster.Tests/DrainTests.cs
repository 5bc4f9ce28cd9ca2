using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>A silo is asked to leave while jobs run.</summary>
public sealed class DrainTests(SharedPostgres postgres, ITestOutputHelper output) : DrainSuite(HostProgram.Silo, postgres, output)
{
    private static readonly TimeSpan RestartLimit = TimeSpan.FromSeconds(2);

    [SkippableFact]
    public Task Terminate_OfOneSiloOfTwo_StartsItsJobsOnTheOtherAtOnce() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var silos = await grid.StartManyAsync(2, DrainTimeout);
        var (leaving, staying) = (silos[0], silos[1]);
        await LimitAsync(staying, Hanging);
        var hanging = Probes.Many(2 * Hanging, 0, "Hang");
        await staying.Http.SubmitAsync(hanging);
        await grid.WaitStartsAsync(hanging.Count);
        var moved = grid.Effects().Runs.Where(run => run.Process == leaving.Id).Select(run => run.Job).ToHashSet();
        Assert.Equal(Hanging, moved.Count);
        await LimitAsync(staying, 2 * Hanging);
        var took = await leaving.TerminateAsync(ExitLimit);
        await grid.WaitStartsAsync(hanging.Count + moved.Count);

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

    /// <summary>Gives every pool of the class so many slots, and waits until all have them.</summary>
    private static async Task LimitAsync(HostProcess host, int slots)
    {
        await host.Http.ChangeAsync(new JobClassChange { MaxLocalWorkers = slots });
        await Clock.UntilAsync(
            $"pools of {slots} slots", TimeSpan.FromSeconds(30), async () => (await host.Http.ClassAsync()).Pools.All(pool => pool.Permits == slots));
    }
}
