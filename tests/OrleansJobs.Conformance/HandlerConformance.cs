namespace OrleansJobs.Conformance;

/// <summary>What a handler is given and may do.</summary>
public abstract class HandlerConformance : GridConformance
{
    [SkippableFact]
    public async Task Context_CarriesTheJob()
    {
        JobContext? seen = null;
        Script.On("look", context =>
        {
            seen = context;
            return JobResult.Done;
        });
        var job = await SubmitAsync("look", new() { Tenant = "acme", Tags = ["a", "b"], MaxAttempts = 7 });
        var end = await EndOfAsync(job);

        Assert.Equal((job.Id, ScriptedJob.Class, "acme", 1, 7), (seen!.JobId, seen.JobClass, seen.Tenant, seen.Attempt, seen.MaxAttempts));
        Assert.Equal(["a", "b"], seen.Tags);
        Assert.Equal(end.SubmittedAt, seen.SubmittedAt);
        Assert.Equal(CancellationCause.None, seen.CancellationCause);
    }

    [SkippableFact]
    public async Task Progress_IsSeenWhileTheJobRuns()
    {
        var release = new TaskCompletionSource();
        Script.On("work", async context =>
        {
            await context.ReportProgressAsync(0.5, "half way");
            await release.Task.WaitAsync(context.CancellationToken);
            return JobResult.Done;
        });
        var job = await SubmitAsync("work");
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var progress in job.WatchProgressAsync(patience.Token))
        {
            Assert.Equal((0.5, "half way"), (progress.Fraction, progress.Message));
            release.TrySetResult();
        }

        Assert.True(release.Task.IsCompleted);
    }

    [SkippableFact]
    public async Task Checkpoint_IsThereForTheNextAttempt()
    {
        var loaded = new List<int>();
        Script.On("steps", async context =>
        {
            var step = context.LoadCheckpoint<int>();
            loaded.Add(step);
            await context.SaveCheckpointAsync(step + 1);
            return step == 2 ? JobResult.Done : JobResult.Retry("more to do", TimeSpan.Zero);
        });

        await EndOfAsync(await SubmitAsync("steps"));

        Assert.Equal([0, 1, 2], loaded);
    }

    [SkippableFact]
    public async Task Result_OverItsLimit_FailsTheJobForGood()
    {
        Script.On("large", _ => JobResult.Success(new string('x', JobLimits.MaxResultBytes)));

        var end = await EndOfAsync(await SubmitAsync("large"));

        Assert.Equal((JobState.DeadLettered, 1, JobError.ResultTooLarge), (end.State, end.Attempt, end.LastError?.Type));
    }

    [SkippableFact]
    public async Task Handler_ThatAnswersNothing_Fails()
    {
        Script.On("null", _ => (JobResult)null!);

        var end = await EndOfAsync(await SubmitAsync("null", new() { MaxAttempts = 1 }));

        Assert.Equal(JobState.DeadLettered, end.State);
    }

    [SkippableFact]
    public async Task NonRetryableException_DeadLettersAtOnce()
    {
        await RestartAsync(options => options.Retry = options.Retry.DoNotRetry<FormatException>());
        Script.On("malformed", Task<JobResult> (_) => throw new FormatException("bad date"));

        var end = await EndOfAsync(await SubmitAsync("malformed"));

        Assert.Equal((JobState.DeadLettered, 1), (end.State, end.Attempt));
    }
}
