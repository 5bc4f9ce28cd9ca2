using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>A host is asked to leave while jobs run.</summary>
public abstract class DrainSuite(HostProgram program, SharedPostgres postgres, ITestOutputHelper output) : ProcessTest(program, postgres, output)
{
    private protected const int Hanging = 8;
    private const int Ending = 8;
    private const int EndingMilliseconds = 2_000;
    private protected const string DrainTimeout = "--JobGrid:Workers:DrainTimeout=5s";

    /// <summary>The drain, its grace and its release (5 + 2 + 2 s), and what the rest of the host takes to stop.</summary>
    private protected static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(9 + 6);

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Terminate_OfTheOnlyHost_EndsOrReleasesItsJobs(StoreKind store) => OnGridAsync(store, async grid =>
    {
        var host = await grid.StartAsync(DrainTimeout);
        var (hanging, ending) = (Probes.Many(Hanging, 0, "Hang"), Probes.Many(Ending, EndingMilliseconds));
        await host.Http.SubmitAsync([.. hanging, .. ending]);
        await grid.WaitStartsAsync(Hanging + Ending);
        var took = await host.TerminateAsync(ExitLimit);
        Say($"{store}: left {took.TotalSeconds:0.0} s after SIGTERM, code {host.ExitCode}");
        Assert.Equal(0, host.ExitCode);

        host = await grid.RestartAsync(host);
        await grid.WaitStartsAsync(Hanging + Ending + Hanging);
        foreach (var job in ending)
        {
            Assert.Equal((JobState.Succeeded, 1), await StateAsync(host, job.Id!.Value));
        }

        foreach (var job in hanging)
        {
            await RequireReleasedAsync(host, job.Id!.Value);
            await host.Http.CancelAsync(job.Id!.Value);
        }

        await host.Http.WaitIdleAsync(TimeSpan.FromSeconds(20));
        grid.Effects().RequireOrder(maxAttempts: 1);
    });

    private static async Task<(JobState State, int Attempt)> StateAsync(HostProcess host, JobId id)
    {
        var job = await host.Http.GetAsync(id);
        return (job.State, job.Attempt);
    }

    private protected static async Task<JobAttempt> RequireReleasedAsync(HostProcess host, JobId id)
    {
        var job = await host.Http.GetAsync(id);
        Assert.Equal((JobState.Running, 1), (job.State, job.Attempt));
        var attempt = Assert.Single(job.Attempts);
        Assert.Equal((AttemptOutcome.Released, 1), (attempt.Outcome, attempt.Number));
        return attempt;
    }
}
