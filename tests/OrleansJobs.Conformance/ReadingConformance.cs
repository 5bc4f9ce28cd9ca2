namespace OrleansJobs.Conformance;

/// <summary>Listing, counting, explaining, and the results queue.</summary>
public abstract class ReadingConformance : GridConformance
{
    [SkippableFact]
    public async Task List_NarrowsByFilter_AndPagesNewestFirst()
    {
        var later = new SubmitOptions { Delay = TimeSpan.FromHours(1), Tenant = "acme", Tags = ["red"] };
        var ids = new List<JobId>();
        for (var number = 0; number < 5; number++)
        {
            ids.Add((await SubmitAsync($"j{number}", later)).Id);
        }

        await EndOfAsync(await SubmitAsync("done"));

        var first = await Jobs.ListAsync(new() { State = JobState.Scheduled, Tenant = "acme", Tag = "red" }, limit: 3);
        var second = await Jobs.ListAsync(new() { State = JobState.Scheduled, Tenant = "acme", Tag = "red" }, first.NextCursor, 3);

        Assert.Equal(Enumerable.Reverse(ids), first.Jobs.Concat(second.Jobs).Select(job => job.Id));
        Assert.Null(second.NextCursor);
        Assert.Empty((await Jobs.ListAsync(new() { Tag = "blue" })).Jobs);
        Assert.Single((await Jobs.ListAsync(new() { JobClass = ScriptedJob.Class, State = JobState.Succeeded })).Jobs);
    }

    [SkippableFact]
    public async Task List_WithBadPage_IsRefused()
    {
        await Assert.ThrowsAsync<InvalidRequestException>(() => Jobs.ListAsync(new(), limit: 0));
        await Assert.ThrowsAsync<InvalidRequestException>(() => Jobs.ListAsync(new(), limit: JobLimits.MaxPageSize + 1));
        await Assert.ThrowsAsync<InvalidRequestException>(() => Jobs.ListAsync(new(), cursor: "yesterday"));
    }

    [SkippableFact]
    public async Task Counts_FollowTheJobs()
    {
        var gate = Script.Hold("held");
        Script.On("bad", _ => JobResult.DeadLetter("no"));
        var held = await SubmitAsync("held");
        await gate.EnteredAsync();
        await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });
        await EndOfAsync(await SubmitAsync("good"));
        await EndOfAsync(await SubmitAsync("bad"));

        var counts = (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts;

        Assert.Equal(new JobCounts { Scheduled = 1, Running = 1, Succeeded = 1, DeadLettered = 1 }, counts);
        gate.Release();
        await EndOfAsync(held);
        Assert.Equal(2, (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts.Succeeded);
    }

    [SkippableFact]
    public async Task Classes_ShowTheirPools()
    {
        var gate = Script.Hold("held");
        await SubmitAsync("held");
        await gate.EnteredAsync();

        var classes = await Jobs.GetClassesAsync();

        Assert.Equal([OtherJob.Class, ScriptedJob.Class], classes.Select(jobClass => jobClass.JobClass).Order());
        var pool = Assert.Single(classes.Single(jobClass => jobClass.JobClass == ScriptedJob.Class).Pools);
        Assert.Equal((4, 1, false), (pool.Permits, pool.Running, pool.Draining));
    }

    [SkippableFact]
    public async Task ScheduledJob_ExplainsWhenItIsDue()
    {
        var job = await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });

        var wait = await job.ExplainAsync();

        Assert.Equal(WaitReason.NotDue, wait.Reason);
        Assert.Equal((await job.GetAsync()).DueAt, wait.Until);
    }

    [SkippableFact]
    public async Task EndedJob_DoesNotWait()
    {
        var job = await SubmitAsync();
        await EndOfAsync(job);

        Assert.Equal(WaitReason.None, (await job.ExplainAsync()).Reason);
    }

    [SkippableFact]
    public async Task Results_ComeInOrder_AndResumeAfterTheLastOne()
    {
        for (var number = 0; number < 6; number++)
        {
            var value = number;
            Script.On($"r{number}", _ => JobResult.Success(value));
            await EndOfAsync(await SubmitAsync($"r{number}"));
        }

        var all = await ReadAsync(after: 0);
        var rest = await ReadAsync(all[2].Sequence);

        Assert.Equal([0, 1, 2, 3, 4, 5], all.Select(finished => Jobs.Serializer.Deserialize<int>(finished.Job.Result!.Value)));
        Assert.Equal(all.Skip(3).Select(finished => finished.Sequence), rest.Select(finished => finished.Sequence));
    }

    [SkippableFact]
    public async Task Results_OfAJobThatIsRetriedByHand_ComeAgainAtTheEnd()
    {
        Script.On("mend", context => context.LeaseToken == 1 ? JobResult.DeadLetter("broken") : JobResult.Done);
        var mended = await SubmitAsync("mend");
        await EndOfAsync(mended);
        var other = await SubmitAsync("other");
        await EndOfAsync(other);
        var before = await ReadAsync(after: 0);

        await mended.RetryAsync();
        await EndOfAsync(mended);
        var after = await ReadAsync(after: 0);

        Assert.Equal([mended.Id, other.Id], before.Select(finished => finished.Job.Id));
        Assert.Equal([other.Id, mended.Id], after.Select(finished => finished.Job.Id));
        Assert.Equal(JobState.Succeeded, after[^1].Job.State);
    }

    [SkippableFact]
    public async Task Results_OfLargeJobs_ComeInSeveralPagesAndAllOfThem()
    {
        const int nameLength = JobLimits.MaxPayloadBytes - 100;
        const int count = (JobLimits.MaxSubmitBatchBytes / nameLength) + 3;
        var submissions = Enumerable.Range(0, count)
            .Select(number => Jobs.Describe(ScriptedJob.Class, new ScriptedJob($"{number}".PadLeft(nameLength, 'x')))).ToList();
        foreach (var outcome in await Jobs.SubmitManyAsync(submissions))
        {
            await EndOfAsync(Jobs.GetHandle(outcome.Id));
        }

        var page = await Jobs.ReadFinishedAsync(ScriptedJob.Class, after: 0, JobLimits.MaxPageSize, TimeSpan.Zero);
        var all = await ReadAsync(after: 0);

        Assert.InRange(page.Sum(finished => finished.Job.Payload.Length), 1, JobLimits.MaxPageBytes + JobLimits.MaxPayloadBytes);
        Assert.Equal(submissions.Select(submission => submission.Id).Order(), all.Select(finished => finished.Job.Id).Order());
    }

    [SkippableFact]
    public async Task Results_Followed_ShowAJobThatEndsLater()
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var results = Jobs.ReadResultsAsync(ScriptedJob.Class, cancellationToken: patience.Token).GetAsyncEnumerator(patience.Token);
        var next = results.MoveNextAsync();
        Assert.False(next.IsCompleted);

        var job = await SubmitAsync();

        Assert.True(await next);
        Assert.Equal(job.Id, results.Current.Job.Id);
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
