using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>The only host of a grid is killed, again and again, at moments that nobody chose.</summary>
public abstract class KillSuite(HostProgram program, SharedPostgres postgres, ITestOutputHelper output) : ProcessTest(program, postgres, output)
{
    private const string Slots = "--JobGrid:Classes:probe:MaxLocalWorkers=8";
    private const int EveryHowManyThrow = 100;
    private const int LongestMilliseconds = 20;
    private const int LatestKillMilliseconds = 1_200;
    private const int LatestStartMilliseconds = 800;

    /// <summary>Every how many kills, at random, the next process is killed too while it starts.</summary>
    private const int EveryHowManyStarts = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Kills hosts while jobs are submitted and run; then every job has to have ended, and none may have run beside itself.</summary>
    private protected Task KillAsync(StoreKind store, int count, int kills) => OnGridAsync(store, async grid =>
    {
        var seed = Environment.GetEnvironmentVariable("ORLEANSJOBS_TEST_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        Say($"{store}: seed {seed} (ORLEANSJOBS_TEST_SEED)");
        var random = new Random(seed);
        var jobs = MakeJobs(random, count);
        var host = await grid.StartAsync(Slots);
        var submitter = new Submitter(() => host.Http);
        var parts = jobs.Chunk((count / (kills + 1)) + 1).ToList();
        for (var killed = 0; killed < kills; killed++)
        {
            var submitting = killed < parts.Count ? submitter.SubmitAsync(parts[killed]) : Task.CompletedTask;
            await Clock.LetRunAsync(Milliseconds(random, LatestKillMilliseconds));
            await grid.KillAsync(host);
            var answered = submitter.Answered;
            while (killed + 1 < kills && random.Next(EveryHowManyStarts) == 0)
            {
                await KillStartingAsync(grid, host.Settings, random);
                killed++;
            }

            host = await grid.RestartAsync(host);
            await RequireThereAsync(host, answered);
            await submitting;
        }

        await submitter.SubmitAsync(jobs.Where(job => !submitter.Answered.Contains(job.Id!.Value)));
        await host.Http.WaitIdleAsync(Patience);
        var lost = await RequireDoneAsync(grid, host, jobs);
        Say($"{store}: {kills} kills, {submitter.Repeats} submits repeated, {grid.Effects().Runs.Count} runs of {count} jobs, "
            + $"{lost} of them dead-lettered because each of their runs was killed");
    });

    private static async Task KillStartingAsync(TestGrid grid, HostSettings settings, Random random)
    {
        var starting = grid.Launch(settings);
        await Clock.LetRunAsync(Milliseconds(random, LatestStartMilliseconds));
        await grid.KillAsync(starting);
    }

    private static TimeSpan Milliseconds(Random random, int most) => TimeSpan.FromMilliseconds(random.Next(50, most));

    private static List<SubmitRequest> MakeJobs(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(number =>
            Probes.Job(random.Next(LongestMilliseconds + 1), number % EveryHowManyThrow == 0 ? "ThrowOnce" : "Succeed")),
    ];

    private static async Task RequireThereAsync(HostProcess host, IReadOnlyCollection<JobId> answered)
    {
        var there = await host.Http.AllAsync();
        Assert.DoesNotContain(answered, id => !there.ContainsKey(id));
    }

    /// <summary>Answers how many jobs were killed until they had no attempt left.</summary>
    private static async Task<int> RequireDoneAsync(TestGrid grid, HostProcess host, List<SubmitRequest> jobs)
    {
        var ends = await host.Http.AllAsync();
        Assert.Equal(jobs.Count, ends.Count);
        var lost = ends.Values.Where(IsOutOfAttempts).ToList();
        Assert.All(ends.Values.Except(lost), job => Assert.True(job.State == JobState.Succeeded, $"{job.Id} is {job.State}: {job.LastError?.Message}"));

        var effects = grid.Effects();
        effects.RequireOrder(Probes.MaxAttempts);
        var runs = effects.ByJob();
        Assert.All(ends.Values.Except(lost), job => Assert.Contains(runs[job.Id], run => run.Succeeded && run.Attempt == job.Attempt));

        var results = await host.Http.ResultsAsync();
        Assert.Equal(jobs.Count, results.Count);
        Assert.Equal(jobs.Count, results.Select(result => result.Job.Id).Distinct().Count());
        return lost.Count;
    }

    private static bool IsOutOfAttempts(JobSnapshot job) =>
        job is { State: JobState.DeadLettered, Attempt: Probes.MaxAttempts, LastError.Type: JobError.SiloLost };
}
