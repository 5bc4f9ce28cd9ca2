using OrleansJobs.ProcessKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>One silo of three dies, or hangs for so long that the others take it for dead.</summary>
public sealed class FailoverTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private const int ShortJobs = 3_000;
    private const int LongJobs = 150;
    private const int FreezeJobs = 120;
    private const int ShortMilliseconds = 20;
    private const int LongMilliseconds = 2_000;
    private const int EnoughRunning = 8;
    private const int FreshMilliseconds = 1_000;
    private const string MembershipLog = "--Logging:LogLevel:Orleans.Runtime.MembershipService=Information";
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(15);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Kill_OfOneSiloOfThree_RunsItsJobsAgainSoon(bool withTheDispatcher) => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var silos = await grid.StartManyAsync(3, MembershipLog);
        var home = await HomeAsync(silos);
        var victim = silos.First(silo => (silo.Id == home) == withTheDispatcher);
        var witness = silos.First(silo => silo != victim);
        var longJobs = Probes.Many(LongJobs, LongMilliseconds);
        var jobs = Probes.Many(ShortJobs, ShortMilliseconds).Concat(longJobs).ToArray();
        Random.Shared.Shuffle(jobs);
        var submitter = new Submitter(() => witness.Http);
        var submitting = submitter.SubmitAsync(jobs);
        await WaitRunningAsync(grid, victim, longJobs);
        await grid.KillAsync(victim);
        var lost = RunningOn(grid, victim);
        await submitting;
        await witness.Http.WaitIdleAsync(TimeSpan.FromSeconds(90));

        await RequireDoneOnceAsync(grid, witness, jobs.Length);
        grid.Effects().RequireOrder(Probes.MaxAttempts);
        Report(grid, victim, lost, withTheDispatcher);
    });

    [SkippableFact]
    public Task Freeze_OfOneSilo_UntilItsJobsRanElsewhere_ItsAcksAreRefused() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var silos = await grid.StartManyAsync(2, MembershipLog);
        var (frozen, witness) = (silos[1], silos[0]);
        var jobs = Probes.Many(FreezeJobs, 3_000);
        await witness.Http.SubmitAsync(jobs);
        await WaitRunningAsync(grid, frozen, jobs);
        frozen.Freeze();
        var lost = RunningOn(grid, frozen);
        await witness.Http.WaitIdleAsync(TimeSpan.FromSeconds(60));
        var before = await witness.Http.AllAsync();
        frozen.Thaw();

        await frozen.WaitForExitAsync(TimeSpan.FromSeconds(90));
        var after = await witness.Http.AllAsync();
        await RequireDoneOnceAsync(grid, witness, FreezeJobs);
        Assert.All(lost, run => Assert.Equal(run.Attempt + 1, after[run.Job].Attempt));
        Assert.All(after.Values, job => Assert.Equal(before[job.Id].Version, job.Version));
        Say($"{lost.Count} jobs of the frozen silo ran elsewhere; what it said about them afterwards changed none.");
    });

    /// <summary>The process that has the class's dispatcher once the dispatchers are spread.</summary>
    private static async Task<int> HomeAsync(IReadOnlyList<HostProcess> silos)
    {
        List<SiloOverview> all = [];
        await Clock.UntilAsync("the dispatchers are spread", TimeSpan.FromSeconds(30), async () =>
        {
            all = await silos[0].Http.GetAsync<List<SiloOverview>>("/api/silos");
            return all.Count == silos.Count && all.TrueForAll(silo => silo.Dispatchers.Count > 0);
        }, TimeSpan.FromMilliseconds(200));
        return all.Single(silo => silo.Dispatchers.Contains(Probes.Class)).ProcessId;
    }

    /// <summary>Waits until the silo runs some of these jobs, and began with them so lately that they will run for a while.</summary>
    private static Task WaitRunningAsync(TestGrid grid, HostProcess silo, IEnumerable<SubmitRequest> jobs)
    {
        var ids = jobs.Select(job => job.Id!.Value).ToHashSet();
        return Clock.UntilAsync($"{EnoughRunning} jobs running on {silo.Name}", TimeSpan.FromSeconds(30), () =>
            RunningOn(grid, silo).Count(run => ids.Contains(run.Job) && run.StartedAt > Clock.NowMilliseconds - FreshMilliseconds) >= EnoughRunning);
    }

    private static List<Run> RunningOn(TestGrid grid, HostProcess silo) =>
        [.. grid.Effects().Runs.Where(run => run.Process == silo.Id && run.EndedAt is null)];

    private static async Task RequireDoneOnceAsync(TestGrid grid, HostProcess silo, int count)
    {
        var ends = await silo.Http.AllAsync();
        Assert.Equal(count, ends.Count);
        Assert.All(ends.Values, job => Assert.True(job.State == JobState.Succeeded, $"{job.Id} is {job.State}: {job.LastError?.Message}"));

        var runs = grid.Effects().ByJob();
        Assert.All(ends.Values, job => Assert.Contains(runs[job.Id], run => run.Succeeded && run.Attempt == job.Attempt));

        var results = await silo.Http.ResultsAsync();
        Assert.Equal(count, results.Count);
        Assert.Equal(count, results.Select(result => result.Job.Id).Distinct().Count());
    }

    private void Report(TestGrid grid, HostProcess victim, List<Run> lost, bool withTheDispatcher)
    {
        Assert.NotEmpty(lost);
        var runs = grid.Effects().ByJob();
        var waits = lost.Select(run => runs[run.Job].First(again => again.LeaseToken > run.LeaseToken).StartedAt - victim.KilledAt!.Value).ToList();
        Say($"{lost.Count} jobs ran on the silo that was killed (with the dispatcher: {withTheDispatcher}); they ran again after {waits.Min()} to {waits.Max()} ms.");
        Assert.True(waits.Max() < RecoveryLimit.TotalMilliseconds, $"A job waited {waits.Max()} ms.");
    }
}
