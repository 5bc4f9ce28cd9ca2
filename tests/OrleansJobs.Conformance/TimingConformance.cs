namespace OrleansJobs.Conformance;

/// <summary>When attempts start: due times, retry policies, rates, and what hurries or ends the waiting.</summary>
public abstract class TimingConformance : GridConformance
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [SkippableFact]
    public async Task DueTime_InUniversalTime_IsKept()
    {
        var dueAt = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(5)).AddSeconds(2);

        var end = await EndOfAsync(await SubmitAsync("later", new() { DueAt = dueAt }));

        Assert.True(end.DueAt >= dueAt && end.DueAt - dueAt < TimeSpan.FromMilliseconds(1), $"asked {dueAt:O}, due {end.DueAt:O}");
        Assert.True(end.StartedAt >= end.DueAt, $"due {end.DueAt:O}, started {end.StartedAt:O}");
    }

    [SkippableFact]
    public async Task DueTime_ThatHasPassed_IsNow()
    {
        var job = await SubmitAsync("late", new() { DueAt = TimeProvider.System.GetUtcNow() - Long });

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task Schedule_OfAPolicy_GivesEachDelayAndTheNumberOfAttempts()
    {
        TimeSpan[] delays = [TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(160)];
        await RestartAsync(options => options.Retry = Retry.Schedule(delays));
        Script.On("broken", _ => JobResult.Retry("no"));

        var end = await EndOfAsync(await SubmitAsync("broken"));

        Assert.Equal((JobState.DeadLettered, 3), (end.State, end.Attempt));
        Assert.All(delays, (delay, index) => Assert.True(
            end.Attempts[index + 1].StartedAt - end.Attempts[index].EndedAt >= delay, $"after attempt {index + 1}"));
    }

    [SkippableFact]
    public async Task ExponentialPolicy_WaitsLongerEachTime()
    {
        var first = TimeSpan.FromMilliseconds(30);
        await RestartAsync(options => options.Retry = Retry.Exponential(maxAttempts: 4, first, factor: 3, jitter: Jitter.None));
        Script.On("broken", _ => JobResult.Retry("no"));

        var end = await EndOfAsync(await SubmitAsync("broken"));

        var gaps = end.Attempts.Zip(end.Attempts.Skip(1), (before, after) => after.StartedAt - before.EndedAt).ToList();
        Assert.Equal(3, gaps.Count);
        Assert.All(gaps, (gap, index) => Assert.True(gap >= first * Math.Pow(3, index), $"gap {index + 1} was {gap}"));
    }

    [SkippableFact]
    public async Task PolicyWithoutRetries_DeadLettersTheFirstFailure()
    {
        await RestartAsync(options => options.Retry = Retry.None);
        Script.On("broken", Task<JobResult> (_) => throw new InvalidOperationException("no"));

        Assert.Equal((JobState.DeadLettered, 1), await StateAndAttemptAsync(await SubmitAsync("broken")));
    }

    [SkippableFact]
    public async Task RetryingJob_Hurried_RunsNow()
    {
        var job = await RetryingAsync();

        await job.RetryAsync();

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task RetryingJob_Cancelled_EndsAtOnce()
    {
        var job = await RetryingAsync();

        Assert.Equal(JobState.Cancelled, (await job.CancelAsync()).State);
        Assert.Single(Script.Runs);
    }

    [SkippableFact]
    public async Task SnoozedJob_IsScheduled_AndMayBeCancelled()
    {
        Script.On("sleepy", _ => JobResult.Snooze(Long));
        var job = await SubmitAsync("sleepy");
        var asleep = await UntilAsync(job, JobState.Scheduled);

        Assert.True(asleep.DueAt > asleep.SubmittedAt + Long);
        Assert.Equal(JobState.Cancelled, (await job.CancelAsync()).State);
    }

    [SkippableFact]
    public async Task RunningJob_CanBeNeitherRetriedNorDeadLettered()
    {
        var gate = Script.Hold("held");
        var job = await SubmitAsync("held");
        await gate.EnteredAsync();

        Assert.Equal(JobState.Running, (await Assert.ThrowsAsync<JobStateException>(() => job.RetryAsync())).State);
        Assert.Equal(JobState.Running, (await Assert.ThrowsAsync<JobStateException>(() => Jobs.DeadLetterAsync(job.Id, "no"))).State);
        gate.Release();
        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task CancelledJob_RetriedByHand_RunsAgain()
    {
        var job = await SubmitAsync("later", new() { Delay = Long });
        await job.CancelAsync();

        await job.RetryAsync();

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task Rate_ChangedWhileRunning_HoldsJobsBack_AndLetsThemGo()
    {
        await EndOfAsync(await SubmitAsync());
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { Rate = Rate.Per(Long, 1) });
        var job = await SubmitAsync("held back");

        Assert.Equal(WaitReason.Rate, (await job.ExplainAsync()).Reason);
        Assert.Single(Script.Runs);
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { Rate = Rate.Unlimited });

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task Rate_OfAClass_SpreadsItsStarts()
    {
        var rate = Rate.Per(TimeSpan.FromMilliseconds(50), 1, burst: 1);
        await RestartAsync(options => options.Rate = rate);
        var jobs = new List<JobHandle>();
        for (var number = 0; number < 6; number++)
        {
            jobs.Add(await SubmitAsync());
        }

        var ends = await Task.WhenAll(jobs.Select(EndOfAsync));

        // A start is stored a moment after its token was taken, so the first may be late and the last may not.
        var spread = ends.Max(end => end.StartedAt) - ends.Min(end => end.SubmittedAt);
        Assert.True(spread >= rate.Period * (jobs.Count - 1), $"{jobs.Count} starts in {spread}");
    }

    [SkippableFact]
    public async Task Attempt_WithoutHeartbeat_FailsAsThat()
    {
        await RestartAsync(options => options.HeartbeatTimeout = TimeSpan.FromMilliseconds(100));
        Script.Hold("mute");

        var end = await EndOfAsync(await SubmitAsync("mute", new() { MaxAttempts = 1 }));

        Assert.Equal((JobState.DeadLettered, JobError.HeartbeatTimeout), (end.State, end.LastError?.Type));
    }

    /// <summary>A job that failed once and waits for long; it succeeds the next time.</summary>
    private async Task<JobHandle> RetryingAsync()
    {
        Script.On("shaky", context => context.Attempt == 1 ? JobResult.Retry("not yet", Long) : JobResult.Done);
        var job = await SubmitAsync("shaky");
        Assert.Equal(1, (await UntilAsync(job, JobState.Retrying)).Attempt);
        return job;
    }

    private static async Task<(JobState State, int Attempt)> StateAndAttemptAsync(JobHandle job)
    {
        var end = await EndOfAsync(job);
        return (end.State, end.Attempt);
    }
}
