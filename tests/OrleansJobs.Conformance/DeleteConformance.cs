namespace OrleansJobs.Conformance;

/// <summary>Users delete jobs that have ended, and no others.</summary>
public abstract class DeleteConformance : GridConformance
{
    [SkippableFact]
    public async Task EndedJob_Deleted_IsGoneWithAllThatBelongsToIt()
    {
        Script.On("bad", _ => JobResult.DeadLetter("no"));
        var (good, bad) = (await SubmitAsync("good"), await SubmitAsync("bad", new() { UniqueKey = "k", Tags = ["red"] }));
        var called = await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });
        await EndOfAsync(good);
        await EndOfAsync(bad);
        await called.CancelAsync();

        Assert.Equal(JobState.Succeeded, (await Jobs.DeleteAsync(good.Id)).State);
        Assert.Equal("no", (await Jobs.DeleteAsync(bad.Id)).LastError?.Message);
        Assert.Equal(JobState.Cancelled, (await Jobs.DeleteAsync(called.Id)).State);

        foreach (var job in new[] { good, bad, called })
        {
            Assert.Null(await Jobs.FindAsync(job.Id));
            await Assert.ThrowsAsync<JobNotFoundException>(() => Jobs.DeleteAsync(job.Id));
            await Assert.ThrowsAsync<JobNotFoundException>(() => job.RetryAsync());
            await Assert.ThrowsAsync<JobNotFoundException>(() => job.WaitAsync());
        }

        Assert.Empty((await Jobs.ListAsync(new() { JobClass = ScriptedJob.Class })).Jobs);
        Assert.Empty((await Jobs.ListAsync(new() { Tag = "red" })).Jobs);
        Assert.Empty(await ReadAsync(after: 0));
        Assert.Equal(new JobCounts(), (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts);
        Assert.Equal(SubmitStatus.Accepted, (await SubmitAsync("other", new() { UniqueKey = "k" })).Status);
    }

    [SkippableFact]
    public async Task OpenJob_IsNotDeleted_BeforeItIsCancelled()
    {
        var gate = Script.Hold("held");
        var (waiting, running) = (await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) }), await SubmitAsync("held"));
        await gate.EnteredAsync();

        var refused = await Assert.ThrowsAsync<JobStateException>(() => Jobs.DeleteAsync(waiting.Id));
        Assert.Equal(JobState.Scheduled, refused.State);
        Assert.Equal($"Job {waiting.Id} cannot be deleted: it is Scheduled; cancel it first, and delete it when it has ended.", refused.Message);
        Assert.Equal(JobState.Running, (await Assert.ThrowsAsync<JobStateException>(() => Jobs.DeleteAsync(running.Id))).State);
        Assert.Equal(new JobCounts { Scheduled = 1, Running = 1 }, (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts);

        await waiting.CancelAsync();
        await running.CancelAsync();
        await EndOfAsync(running);
        await Jobs.DeleteAsync(waiting.Id);
        await Jobs.DeleteAsync(running.Id);
        Assert.Equal(new JobCounts(), (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts);
    }

    [SkippableFact]
    public async Task UnknownJob_IsNotFound() => await Assert.ThrowsAsync<JobNotFoundException>(() => Jobs.DeleteAsync(JobId.New()));

    [SkippableFact]
    public async Task DeletedJob_SubmittedAgain_IsANewOne_AndRuns()
    {
        var job = await SubmitAsync("again", new() { UniqueKey = "k" });
        await EndOfAsync(job);
        Assert.Equal(SubmitStatus.AlreadySubmitted, (await SubmitAsync("again", new() { Id = job.Id, UniqueKey = "k" })).Status);
        await Jobs.DeleteAsync(job.Id);

        var again = await SubmitAsync("again", new() { Id = job.Id, UniqueKey = "k" });

        Assert.Equal((SubmitStatus.Accepted, job.Id), (again.Status, again.Id));
        Assert.Equal((JobState.Succeeded, 1), ((await EndOfAsync(again)).State, (await again.GetAsync()).Attempts.Count));
        Assert.Equal(2, Script.Runs.Count);
        Assert.Equal(job.Id, (await Jobs.DeleteAsync(job.Id)).Id);
    }

    [SkippableFact]
    public async Task Results_AreReadOn_PastADeletedJob()
    {
        var jobs = new List<JobHandle>();
        for (var number = 0; number < 4; number++)
        {
            jobs.Add(await SubmitAsync($"r{number}"));
            await EndOfAsync(jobs[^1]);
        }

        var read = await ReadAsync(after: 0);
        await Jobs.DeleteAsync(jobs[1].Id);
        await Jobs.DeleteAsync(jobs[2].Id);

        Assert.Equal([jobs[0].Id, jobs[3].Id], (await ReadAsync(after: 0)).Select(finished => finished.Job.Id));
        Assert.Equal([jobs[3].Id], (await ReadAsync(read[1].Sequence)).Select(finished => finished.Job.Id));
    }

    [SkippableFact]
    public async Task JobThatARetryReopens_IsLeft_OrIsGone()
    {
        Script.On("mend", context => context.LeaseToken == 1 ? JobResult.DeadLetter("broken") : JobResult.Done);
        for (var round = 0; round < 10; round++)
        {
            var job = await SubmitAsync("mend");
            await EndOfAsync(job);

            var (retry, delete) = (job.RetryAsync(), Jobs.DeleteAsync(job.Id));
            if (await RefusalOfAsync(delete) is { } refusal)
            {
                Assert.IsType<JobStateException>(refusal);
                Assert.Null(await RefusalOfAsync(retry));
                Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
            }
            else
            {
                Assert.True(await RefusalOfAsync(retry) is null or JobNotFoundException);
                Assert.Null(await Jobs.FindAsync(job.Id));
            }
        }
    }

    private static async Task<JobsException?> RefusalOfAsync(Task<JobSnapshot> asked)
    {
        try
        {
            await asked;
            return null;
        }
        catch (JobsException refusal)
        {
            return refusal;
        }
    }

    private async Task<List<FinishedJob>> ReadAsync(long after)
    {
        var read = new List<FinishedJob>();
        await foreach (var finished in Jobs.ReadResultsAsync(ScriptedJob.Class, after, follow: false))
        {
            read.Add(finished);
        }

        return read;
    }
}
