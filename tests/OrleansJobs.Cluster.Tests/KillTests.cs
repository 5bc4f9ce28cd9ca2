using OrleansJobs.ProcessKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The only silo is killed, again and again.</summary>
public sealed class KillTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private const int Jobs = 2_000;
    private const int Kills = 3;
    private const int EveryHowManyThrow = 100;
    private const int LongestMilliseconds = 20;

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Kill_OfTheOnlySilo_ThreeTimes_LosesNothing(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var seed = Environment.GetEnvironmentVariable("ORLEANSJOBS_TEST_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        Say($"{store}: seed {seed} (ORLEANSJOBS_TEST_SEED)");
        var random = new Random(seed);
        var jobs = MakeJobs(random);
        var silo = await grid.StartAsync("--JobGrid:Classes:probe:MaxLocalWorkers=4");
        var submitter = new Submitter(() => silo.Http);
        foreach (var part in jobs.Chunk(Jobs / (Kills + 1)).Take(Kills))
        {
            var submitting = submitter.SubmitAsync(part);
            await Clock.LetRunAsync(TimeSpan.FromMilliseconds(random.Next(50, 1_200)));
            await grid.KillAsync(silo);
            var answered = submitter.Answered;
            silo = await grid.RestartAsync(silo);
            await RequireThereAsync(silo, answered);
            await submitting;
        }

        await submitter.SubmitAsync(jobs.TakeLast(Jobs / (Kills + 1)));
        await silo.Http.WaitIdleAsync(TimeSpan.FromSeconds(90));
        await RequireDoneAsync(grid, silo, jobs);
        Say($"{store}: {Kills} kills, {submitter.Repeats} submits repeated, {grid.Effects().Runs.Count} runs of {Jobs} jobs");
    });

    private static List<SubmitRequest> MakeJobs(Random random) =>
    [
        .. Enumerable.Range(0, Jobs).Select(number =>
            Probes.Job(random.Next(LongestMilliseconds + 1), number % EveryHowManyThrow == 0 ? "ThrowOnce" : "Succeed")),
    ];

    private static async Task RequireThereAsync(HostProcess silo, IReadOnlyCollection<JobId> answered)
    {
        var there = await silo.Http.AllAsync();
        Assert.DoesNotContain(answered, id => !there.ContainsKey(id));
    }

    private static async Task RequireDoneAsync(TestGrid grid, HostProcess silo, List<SubmitRequest> jobs)
    {
        var ends = await silo.Http.AllAsync();
        Assert.Equal(jobs.Count, ends.Count);
        Assert.All(ends.Values, job => Assert.True(job.State == JobState.Succeeded, $"{job.Id} is {job.State}: {job.LastError?.Message}"));

        var effects = grid.Effects();
        effects.RequireOrder(Probes.MaxAttempts);
        var runs = effects.ByJob();
        Assert.All(ends.Values, job => Assert.Contains(runs[job.Id], run => run.Succeeded && run.Attempt == job.Attempt));

        var results = await silo.Http.ResultsAsync();
        Assert.Equal(jobs.Count, results.Count);
        Assert.Equal(jobs.Count, results.Select(result => result.Job.Id).Distinct().Count());
    }
}
