using OrleansJobs.ProcessKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The limits of a class on a running grid of two silos, as the probes saw them.</summary>
public sealed class LimitTests(LimitGrid limits, SharedPostgres postgres, ITestOutputHelper output)
    : ClusterTest(postgres, output), IClassFixture<LimitGrid>
{
    private const int SecondMilliseconds = 1_000;
    private const int IsolationRounds = 5;
    private const int SlotRounds = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public Task MaxLocalWorkers_IsNeverExceededOnASilo() => OnTwoSilosAsync(async (grid, http) =>
    {
        await http.ChangeAsync(new JobClassChange { MaxLocalWorkers = 4 });
        var most = (await RunAsync(grid, http, Probes.Many(300, 40))).MostAtOncePerProcess();
        Say($"at most {string.Join(" and ", most)} at once on a silo, of 4");
        Assert.Equal([4, 4], most);
    });

    [SkippableFact]
    public Task MaxConcurrentJobs_IsNeverExceededInTheCluster() => OnTwoSilosAsync(async (grid, http) =>
    {
        await http.ChangeAsync(new JobClassChange { MaxConcurrentJobs = 6 });
        var effects = await RunAsync(grid, http, Probes.Many(300, 40));
        Say($"at most {effects.MostAtOnce()} at once in the cluster, of 6");
        Assert.Equal(2, effects.MostAtOncePerProcess().Count);
        Assert.Equal(6, effects.MostAtOnce());
    });

    [SkippableFact]
    public Task MaxConcurrentJobsPerTenant_IsNeverExceeded() => OnTwoSilosAsync(async (grid, http) =>
    {
        await http.ChangeAsync(new JobClassChange { MaxConcurrentJobsPerTenant = 3 });
        var effects = await RunAsync(grid, http, [.. Probes.Many(100, 40, tenant: "a"), .. Probes.Many(100, 40, tenant: "b")]);
        var (a, b) = (MostOf(effects, "a"), MostOf(effects, "b"));
        Say($"at most {a} and {b} at once of a tenant, of 3");
        Assert.Equal((3, 3), (a, b));
    });

    [SkippableFact]
    public Task Rate_OfFiftyASecond_IsKeptOverTenSeconds() => OnTwoSilosAsync(async (grid, http) =>
    {
        await http.ChangeAsync(new JobClassChange { Rate = Rate.PerSecond(50) });
        var effects = await RunAsync(grid, http, Probes.Many(650, 0));
        var starts = effects.Runs.Select(run => run.StartedAt).ToList();
        var from = starts[0] + SecondMilliseconds;
        var count = starts.Count(at => at >= from && at < from + (10 * SecondMilliseconds));
        Say($"{count} starts in 10 s at 50/s");
        Assert.InRange(count, 475, 525);
    });

    [SkippableFact]
    public Task TenantWeights_ThreeToOne_ShareTheSlots() => OnTwoSilosAsync(async (grid, http) =>
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal) { ["heavy"] = 3, ["light"] = 1 };
        await http.ChangeAsync(new JobClassChange { TenantWeights = weights, MaxLocalWorkers = 4, Paused = true });
        var jobs = Probes.Many(1_300, 20, tenant: "light").Concat(Probes.Many(1_300, 20, tenant: "heavy")).ToList();
        await http.SubmitAsync(jobs);
        await http.ChangeAsync(new JobClassChange { Paused = false });
        await http.WaitIdleAsync(Patience);

        // Both have backlog all the while: even 75 % of these are fewer than the jobs of a tenant.
        var share = EffectsOf(grid, jobs).Runs.Skip(100).Take(1_400).Count(run => run.Tenant == "heavy") / 1_400.0;
        Say($"the tenant of weight 3 got {share:P1} of the starts");
        Assert.InRange(share, 0.72, 0.78);
    });

    [SkippableFact]
    public Task HangingHandlers_OfOneClass_TakeNothingFromAnother() => OnTwoSilosAsync(async (grid, http) =>
    {
        await http.ChangeAsync(new JobClassChange { MaxLocalWorkers = 4 }, Probes.OtherClass);
        await MeasureAsync(grid, http);
        var parts = new List<double>();
        for (var round = 0; round < IsolationRounds; round++)
        {
            // What else the machine does changes all the time: only what was measured next to each other compares.
            var alone = await MeasureAsync(grid, http);
            var beside = await MeasureBesideHangingAsync(grid, http);
            Say($"{alone:0.0} jobs/s alone, {beside:0.0} jobs/s beside a class that hangs ({beside / alone:P1})");
            parts.Add(beside / alone);
        }

        Assert.InRange(parts.Order().ElementAt(IsolationRounds / 2), 0.9, double.MaxValue);
    });

    /// <summary>A lease that came to an activation at work would wait there for hours, in a slot that shows as taken.</summary>
    [SkippableFact]
    public Task FreedSlots_AreAllTakenAgain_TimeAfterTime() => OnTwoSilosAsync(async (_, http) =>
    {
        for (var round = 0; round < SlotRounds; round++)
        {
            await CancelAsync(http, await HangAsync(http));
        }
    });

    private static async Task<double> MeasureBesideHangingAsync(TestGrid grid, GridHttp http)
    {
        var hanging = await HangAsync(http);
        var beside = await MeasureAsync(grid, http);
        await CancelAsync(http, hanging);
        return beside;
    }

    /// <summary>More jobs that hang than there are slots, once they hang in all of them.</summary>
    private static async Task<List<SubmitRequest>> HangAsync(GridHttp http)
    {
        var hanging = Probes.Many(80, 0, "Hang");
        await http.SubmitAsync(hanging);
        await Clock.UntilAsync("all slots of the class hanging", Patience, async () => (await http.ClassAsync()).Counts.Running == 64);
        return hanging;
    }

    private static async Task CancelAsync(GridHttp http, List<SubmitRequest> jobs)
    {
        await Task.WhenAll(jobs.Select(job => http.CancelAsync(job.Id!.Value)));
        await http.WaitIdleAsync(Patience);
    }

    private static int MostOf(Effects effects, string tenant) => effects.Where(run => run.Tenant == tenant).MostAtOnce();

    private Task OnTwoSilosAsync(Func<TestGrid, GridHttp, Task> test) => limits.RunAsync(Postgres, Output, test);

    /// <summary>Runs jobs, and answers what they did.</summary>
    private static async Task<Effects> RunAsync(TestGrid grid, GridHttp http, List<SubmitRequest> jobs)
    {
        await http.SubmitAsync(jobs);
        await http.WaitIdleAsync(Patience, jobs[0].JobClass!);
        return EffectsOf(grid, jobs);
    }

    private static Effects EffectsOf(TestGrid grid, List<SubmitRequest> jobs) =>
        grid.Effects().Of(jobs.Select(job => job.Id!.Value).ToHashSet());

    /// <summary>Jobs a second of the other class: 8 slots and jobs of 100 ms, so that the slots are what limits it.</summary>
    private static async Task<double> MeasureAsync(TestGrid grid, GridHttp http)
    {
        var runs = (await RunAsync(grid, http, Probes.Many(200, 100, jobClass: Probes.OtherClass))).Runs;
        return runs.Count / ((runs.Max(run => run.EndedAt!.Value) - runs[0].StartedAt) / (double)SecondMilliseconds);
    }
}
