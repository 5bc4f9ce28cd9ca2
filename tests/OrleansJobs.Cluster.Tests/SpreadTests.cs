using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The dispatchers of the host's five classes are spread over the silos, and follow them.</summary>
public sealed class SpreadTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private const int Classes = 5;
    private const int MovedJobs = 400;
    private const int MovedMilliseconds = 1_500;
    private const int FrozenJobs = 4_000;
    private const int FrozenMilliseconds = 300;

    /// <summary>What was leased before the dispatcher's silo froze has started by then.</summary>
    private const int LeftoverMilliseconds = 3_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(15);

    [SkippableFact]
    public Task Silo_ThatJoins_TakesItsPartOfTheDispatchers_AndNoLeaseIsLost() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var silos = await grid.StartManyAsync(2);
        var http = silos[0].Http;
        await UntilSpreadAsync(http, 2);
        await http.SubmitAsync(Probes.Many(MovedJobs, MovedMilliseconds));
        await http.SubmitAsync(Probes.Many(MovedJobs, MovedMilliseconds, jobClass: Probes.OtherClass));
        var before = await HomesAsync(http);
        await grid.StartAsync();

        await UntilSpreadAsync(http, 3);
        var after = await HomesAsync(http);
        Say($"{before.Count(home => after[home.Key] != home.Value)} of {Classes} dispatchers moved.");
        await http.WaitIdleAsync(Patience);
        await http.WaitIdleAsync(Patience, Probes.OtherClass);
        foreach (var jobClass in new[] { Probes.Class, Probes.OtherClass })
        {
            var jobs = await http.AllAsync(jobClass);
            Assert.Equal(MovedJobs, jobs.Count);
            Assert.All(jobs.Values, job => Assert.Equal((JobState.Succeeded, 1), (job.State, job.Attempt)));
        }
    });

    [SkippableFact]
    public Task Freeze_OfASiloWithADispatcher_LetsItsClassStartAgainSoon() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        var silos = await grid.StartManyAsync(3);
        await UntilSpreadAsync(silos[0].Http, 3);
        var home = (await HomesAsync(silos[0].Http))[Probes.Class];
        var frozen = silos.First(silo => silo.Id == home);
        var witness = silos.First(silo => silo.Id != home);
        await witness.Http.SubmitAsync(Probes.Many(FrozenJobs, FrozenMilliseconds));
        await Clock.UntilAsync("jobs of the class run", Patience, () => grid.Effects().Runs.Any(run => run.Process == witness.Id));

        frozen.Freeze();
        var frozenAt = Clock.NowMilliseconds;
        try
        {
            await Clock.UntilAsync("jobs of the class start again", BackWithin, () => AgainAfter(grid, frozen, frozenAt) is not null);
            Say($"Jobs started again {AgainAfter(grid, frozen, frozenAt)} ms after the silo of their dispatcher froze.");
        }
        finally
        {
            frozen.Thaw();
        }
    });

    private static long? AgainAfter(TestGrid grid, HostProcess frozen, long frozenAt) => grid.Effects().Runs
        .Where(run => run.Process != frozen.Id && run.StartedAt > frozenAt + LeftoverMilliseconds)
        .Select(run => (long?)(run.StartedAt - frozenAt)).Min();

    /// <summary>Waits until each class has one dispatcher and each silo has its part of them.</summary>
    private static Task UntilSpreadAsync(GridHttp http, int silos) => Clock.UntilAsync($"{Classes} dispatchers spread over {silos} silos", Patience, async () =>
    {
        var loads = (await http.GetAsync<List<SiloOverview>>("/api/silos")).ConvertAll(silo => silo.Dispatchers.Count);
        return loads.Count == silos && loads.Sum() == Classes && loads.Max() - loads.Min() <= 1;
    }, TimeSpan.FromMilliseconds(200));

    /// <summary>The process that each class's dispatcher is in.</summary>
    private static async Task<Dictionary<string, int>> HomesAsync(GridHttp http) =>
        (await http.GetAsync<List<SiloOverview>>("/api/silos"))
        .SelectMany(silo => silo.Dispatchers.Select(jobClass => (jobClass, silo.ProcessId)))
        .ToDictionary(home => home.jobClass, home => home.ProcessId);
}
