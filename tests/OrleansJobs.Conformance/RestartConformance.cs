namespace OrleansJobs.Conformance;

/// <summary>What a restart leaves as it was.</summary>
public abstract class RestartConformance : GridConformance
{
    [SkippableFact]
    public async Task WaitingJobs_RunAfterARestart()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        var job = await SubmitAsync("patient");
        var later = await SubmitAsync("later", new() { Delay = TimeSpan.FromMilliseconds(100) });
        await RestartAsync();
        await Jobs.ResumeAsync(ScriptedJob.Class);

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(job.Id))).State);
        Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(later.Id))).State);
    }

    [SkippableFact]
    public async Task RunningJob_ThatIsDrained_RunsAgainWithoutPenalty()
    {
        var gate = Script.Hold("long");
        var job = await SubmitAsync("long");
        var first = await gate.EnteredAsync();

        await RestartAsync();
        var second = await gate.EnteredAsync();
        gate.Release();
        var end = await EndOfAsync(Jobs.GetHandle(job.Id));

        Assert.Equal(CancellationCause.Draining, first.CancellationCause);
        Assert.Equal((JobState.Succeeded, 1, 1), (end.State, end.Attempt, second.Attempt));
        Assert.Equal([AttemptOutcome.Released, AttemptOutcome.Succeeded], end.Attempts.Select(attempt => attempt.Outcome));
    }

    [SkippableFact]
    public async Task RunningJob_ThatEndsWhileTheGridDrains_Counts()
    {
        var gate = Script.Hold("nearly done");
        var job = await SubmitAsync("nearly done");
        await gate.EnteredAsync();

        var stopped = StopAsync();
        gate.Release();
        await stopped;
        await StartAsync();

        var end = await Jobs.GetAsync(job.Id);
        Assert.Equal((JobState.Succeeded, 1), (end.State, end.Attempt));
        Assert.Single(Script.Runs);
    }

    [SkippableFact]
    public async Task EndedJobs_KeepTheirResults()
    {
        Script.On("sum", _ => JobResult.Success(42));
        var job = await Jobs.SubmitAsync<ScriptedJob, int>(ScriptedJob.Class, new ScriptedJob("sum"));
        await job.WaitAsync();

        await RestartAsync();

        Assert.Equal(42, await Jobs.GetHandle<int>(job.Id).ResultAsync());
        Assert.Equal(1, (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts.Succeeded);
    }

    [SkippableFact]
    public async Task Results_FollowedFromTheLastEntry_GoOnAfterARestart()
    {
        var before = await SubmitAsync("before");
        var last = await NextResultAsync(after: 0);
        Assert.Equal(before.Id, last.Job.Id);

        await RestartAsync();
        var next = NextResultAsync(last.Sequence);
        var after = await SubmitAsync("after");

        Assert.Equal(after.Id, (await next).Job.Id);
        Assert.True((await next).Sequence > last.Sequence);
    }

    private async Task<FinishedJob> NextResultAsync(long after)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Jobs.ReadResultsAsync(ScriptedJob.Class, after, cancellationToken: patience.Token).FirstAsync(patience.Token);
    }
}
