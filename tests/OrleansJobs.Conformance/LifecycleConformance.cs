namespace OrleansJobs.Conformance;

/// <summary>How jobs end, and on which ways.</summary>
public abstract class LifecycleConformance : GridConformance
{
    [SkippableFact]
    public async Task Job_ThatSucceeds_GivesItsResult()
    {
        Script.On("sum", _ => JobResult.Success(42));
        var job = await Jobs.SubmitAsync<ScriptedJob, int>(ScriptedJob.Class, new ScriptedJob("sum"));

        Assert.Equal(SubmitStatus.Accepted, job.Status);
        Assert.Equal(42, await job.ResultAsync());
        var end = await job.GetAsync();
        Assert.Equal(JobState.Succeeded, end.State);
        Assert.Equal(1, end.Attempt);
        Assert.NotNull(end.FinishedAt);
        Assert.Equal(AttemptOutcome.Succeeded, Assert.Single(end.Attempts).Outcome);
    }

    [SkippableFact]
    public async Task Job_ThatThrowsOnce_IsTriedAgainAndSucceeds()
    {
        Script.On("shaky", context => context.Attempt == 1 ? throw new InvalidOperationException("not yet") : JobResult.Done);

        var end = await EndOfAsync(await SubmitAsync("shaky"));

        Assert.Equal((JobState.Succeeded, 2), (end.State, end.Attempt));
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Succeeded], end.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal("not yet", end.Attempts[0].Error?.Message);
    }

    [SkippableFact]
    public async Task Job_ThatAlwaysThrows_IsDeadLetteredAfterItsAttempts()
    {
        Script.On("broken", Task<JobResult> (_) => throw new InvalidOperationException("never"));

        var end = await EndOfAsync(await SubmitAsync("broken"));

        Assert.Equal((JobState.DeadLettered, 3), (end.State, end.Attempt));
        Assert.Equal(typeof(InvalidOperationException).FullName, end.LastError?.Type);
        Assert.Equal(3, Script.Runs.Count);
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => Jobs.GetHandle<int>(end.Id).ResultAsync());
        Assert.Contains("never", failure.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Job_WithAttemptsOfItsOwn_UsesNoMore()
    {
        Script.On("broken", _ => JobResult.Retry("no"));

        var end = await EndOfAsync(await SubmitAsync("broken", new() { MaxAttempts = 1 }));

        Assert.Equal((JobState.DeadLettered, 1), (end.State, end.Attempt));
    }

    [SkippableFact]
    public async Task Handler_ThatSendsToDeadLetters_IsNotTriedAgain()
    {
        Script.On("hopeless", _ => JobResult.DeadLetter("no such file"));

        var end = await EndOfAsync(await SubmitAsync("hopeless"));

        Assert.Equal((JobState.DeadLettered, 1), (end.State, end.Attempt));
        Assert.Equal("no such file", end.LastError?.Message);
    }

    [SkippableFact]
    public async Task Handler_ThatCancels_EndsTheJobAsCancelled()
    {
        Script.On("moot", _ => JobResult.Cancel("not wanted any more"));

        Assert.Equal(JobState.Cancelled, (await EndOfAsync(await SubmitAsync("moot"))).State);
    }

    [SkippableFact]
    public async Task Snooze_CostsNoAttempt()
    {
        var runs = 0;
        Script.On("sleepy", _ => ++runs == 1 ? JobResult.Snooze(TimeSpan.FromMilliseconds(20)) : JobResult.Done);

        var end = await EndOfAsync(await SubmitAsync("sleepy"));

        Assert.Equal((JobState.Succeeded, 1), (end.State, end.Attempt));
        Assert.Equal(AttemptOutcome.Snoozed, end.Attempts[0].Outcome);
        Assert.Equal([1, 1], Script.Runs.Select(run => run.Attempt));
        Assert.True(Script.Runs.Last().LeaseToken > Script.Runs.First().LeaseToken);
    }

    [SkippableFact]
    public async Task Job_WithDelay_StartsNoEarlierThanDue()
    {
        // Long enough for a busy machine to look at the job before it is due.
        var delay = TimeSpan.FromSeconds(2);
        var job = await SubmitAsync("later", new() { Delay = delay });
        Assert.Equal(JobState.Scheduled, (await job.GetAsync()).State);

        var end = await EndOfAsync(job);

        Assert.Equal(JobState.Succeeded, end.State);
        Assert.True(end.StartedAt >= end.DueAt, $"due {end.DueAt:O}, started {end.StartedAt:O}");
        Assert.True(end.DueAt >= end.SubmittedAt + delay);
    }

    [SkippableFact]
    public async Task Retry_WithDelay_WaitsThatLong()
    {
        var delay = TimeSpan.FromMilliseconds(250);
        Script.On("busy", context => context.Attempt == 1 ? JobResult.Retry("busy", delay) : JobResult.Done);

        var end = await EndOfAsync(await SubmitAsync("busy"));

        Assert.True(end.StartedAt - end.Attempts[0].EndedAt >= delay, $"{end.Attempts[0].EndedAt:O} → {end.StartedAt:O}");
    }

    [SkippableFact]
    public async Task Cancel_OfRunningJob_ReachesItsHandler()
    {
        var gate = Script.Hold("long");
        var job = await SubmitAsync("long");
        var attempt = await gate.EnteredAsync();

        var asked = await job.CancelAsync("changed my mind");
        var end = await EndOfAsync(job);

        Assert.True(asked.CancelRequested);
        Assert.Equal(JobState.Cancelled, end.State);
        Assert.Equal(CancellationCause.Cancelled, attempt.CancellationCause);
    }

    [SkippableFact]
    public async Task Cancel_OfWaitingJob_EndsItAtOnce()
    {
        var job = await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });

        var end = await job.CancelAsync("too late");

        Assert.Equal((JobState.Cancelled, "too late"), (end.State, end.LastError?.Message));
        Assert.Equal(JobState.Cancelled, (await job.CancelAsync()).State);
        Assert.Empty(Script.Runs);
    }

    [SkippableFact]
    public async Task Cancel_OfSucceededJob_IsRefused()
    {
        var job = await SubmitAsync();
        await EndOfAsync(job);

        Assert.Equal(JobState.Succeeded, (await Assert.ThrowsAsync<JobStateException>(() => job.CancelAsync())).State);
    }

    [SkippableFact]
    public async Task DeadLetteredJob_RetriedByHand_RunsAgainWithAllItsAttempts()
    {
        var mended = false;
        Script.On("mend", _ => mended ? JobResult.Done : JobResult.DeadLetter("broken"));
        var job = await SubmitAsync("mend");
        await EndOfAsync(job);

        mended = true;
        await job.RetryAsync();
        var end = await EndOfAsync(job);

        Assert.Equal((JobState.Succeeded, 1), (end.State, end.Attempt));
        Assert.Equal(2, end.Attempts.Count);
    }

    [SkippableFact]
    public async Task WaitingJob_SentToDeadLetters_DoesNotRun()
    {
        var job = await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });

        var end = await Jobs.DeadLetterAsync(job.Id, "given up");

        Assert.Equal(JobState.DeadLettered, end.State);
        Assert.Equal("given up", end.LastError?.Message);
    }

    [SkippableFact]
    public async Task ScheduledJob_Hurried_RunsNow()
    {
        var job = await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });

        await job.RetryAsync();

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task Attempt_LongerThanItsTimeout_FailsAsTimeout()
    {
        Script.Hold("slow");

        var end = await EndOfAsync(await SubmitAsync("slow", new() { Timeout = TimeSpan.FromMilliseconds(100), MaxAttempts = 1 }));

        Assert.Equal((JobState.DeadLettered, JobError.Timeout), (end.State, end.LastError?.Type));
    }
}
