namespace OrleansJobs.Conformance;

/// <summary>What bounds a class, and how that changes while it runs.</summary>
public abstract class LimitsConformance : GridConformance
{
    [SkippableFact]
    public async Task Pool_RunsAsManyJobsAsItHasPermits_AndNoMore()
    {
        var gate = Script.Hold("held");
        var jobs = await SubmitHeldAsync(9);
        await EnterAsync(gate, 4);

        Assert.Equal(WaitReason.PoolFull, (await jobs[^1].ExplainAsync()).Reason);
        gate.Release();
        await Task.WhenAll(jobs.Select(EndOfAsync));

        Assert.Equal(4, Script.MostRunning);
    }

    [SkippableFact]
    public async Task Permits_RaisedWhileRunning_LetMoreJobsIn()
    {
        var gate = Script.Hold("held");
        await SubmitHeldAsync(9);
        await EnterAsync(gate, 4);

        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxLocalWorkers = 7 });
        await EnterAsync(gate, 3);

        Assert.Equal(7, Script.MostRunning);
    }

    [SkippableFact]
    public async Task Permits_OverTheCeiling_AreRefused()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOptionsException>(
            () => Jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxLocalWorkers = 17, MaxConcurrentJobs = -1 }));

        Assert.Equal(2, refusal.Faults.Count);
        Assert.Equal(4, (await Jobs.GetClassAsync(ScriptedJob.Class)).Settings.MaxLocalWorkers);
    }

    [SkippableFact]
    public async Task ClusterLimit_HoldsBelowThePermits()
    {
        await RestartAsync(options => options.MaxConcurrentJobs = 2);
        var gate = Script.Hold("held");
        var jobs = await SubmitHeldAsync(6);
        await EnterAsync(gate, 2);

        Assert.Equal(WaitReason.ClassCap, (await jobs[^1].ExplainAsync()).Reason);
        gate.Release();
        await Task.WhenAll(jobs.Select(EndOfAsync));

        Assert.Equal(2, Script.MostRunning);
    }

    [SkippableFact]
    public async Task ClusterLimit_CountsHandlersThatIgnoreTheirTimeout()
    {
        await RestartAsync(options => (options.MaxConcurrentJobs, options.Timeout) = (1, TimeSpan.FromMilliseconds(100)));
        var gate = Script.HoldDeaf("deaf");
        var deaf = await SubmitAsync("deaf");
        await EnterAsync(gate, 1);
        var next = await SubmitAsync("next");

        var wait = await UntilAsync(() => next.ExplainAsync(), answer => answer.Explanation.Contains("since its lease ended"));
        Assert.Equal(WaitReason.ClassCap, wait.Reason);
        Assert.Contains($"job {deaf.Id} has held a slot for", wait.Explanation);
        Assert.Equal(1, Assert.Single((await Jobs.GetClassAsync(ScriptedJob.Class)).Pools).Overstaying);
        Assert.Equal(["deaf"], Script.Runs.Select(run => run.Name));

        gate.Release();
        await Task.WhenAll(EndOfAsync(deaf), EndOfAsync(next));
        Assert.Equal(1, Script.MostRunning);
        var pool = await UntilAsync(async () => Assert.Single((await Jobs.GetClassAsync(ScriptedJob.Class)).Pools), pool => pool.Overstaying == 0);
        Assert.Equal(4, pool.Permits);
    }

    [SkippableFact]
    public async Task TenantLimit_LeavesSlotsToOtherTenants()
    {
        await RestartAsync(options => options.MaxConcurrentJobsPerTenant = 1);
        var gate = Script.Hold("held");
        var first = await SubmitHeldAsync(3, "acme");
        await EnterAsync(gate, 1);
        await SubmitHeldAsync(3, "globex");
        await EnterAsync(gate, 1);

        Assert.Equal(2, Script.MostRunning);
        Assert.Equal(WaitReason.TenantCap, (await first[^1].ExplainAsync()).Reason);
    }

    [SkippableFact]
    public async Task PausedClass_StartsNothing_UntilItIsResumed()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        var job = await SubmitAsync();
        var other = await Jobs.SubmitAsync(OtherJob.Class, new OtherJob("other"));
        await EndOfAsync(other);

        Assert.Equal(WaitReason.Paused, (await job.ExplainAsync()).Reason);
        Assert.Equal(JobState.Queued, (await job.GetAsync()).State);
        await Jobs.ResumeAsync(ScriptedJob.Class);

        Assert.Equal(JobState.Succeeded, (await EndOfAsync(job)).State);
    }

    [SkippableFact]
    public async Task Changes_SurviveRestart_AndLeaveTheOtherOptionsToTheApplication()
    {
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxLocalWorkers = 2, TenantWeights = new Dictionary<string, int> { ["acme"] = 3 } });

        await RestartAsync(options => options.MaxConcurrentJobs = 3);

        var settings = (await Jobs.GetClassAsync(ScriptedJob.Class)).Settings;
        Assert.Equal((2, 3, 3), (settings.MaxLocalWorkers, settings.MaxConcurrentJobs, settings.WeightOf("acme")));
        Assert.Equal(1, settings.Revision);
    }

    [SkippableFact]
    public async Task Priority_DecidesInsideATenant()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxConcurrentJobs = 1 });
        var jobs = new List<JobHandle>();
        foreach (var priority in new[] { 1, 9, 5 })
        {
            jobs.Add(await SubmitAsync($"p{priority}", new() { Priority = priority }));
        }

        await Jobs.ResumeAsync(ScriptedJob.Class);
        await Task.WhenAll(jobs.Select(EndOfAsync));

        Assert.Equal(["p9", "p5", "p1"], Script.Runs.Select(run => run.Name));
    }

    [SkippableFact]
    public async Task Tenants_ShareByWeight()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        await Jobs.ChangeClassAsync(
            ScriptedJob.Class, new() { MaxConcurrentJobs = 1, TenantWeights = new Dictionary<string, int> { ["acme"] = 3 } });
        var submissions = new[] { "acme", "globex" }.SelectMany(tenant => Enumerable.Range(0, 60).Select(_ =>
            Jobs.Describe(ScriptedJob.Class, new ScriptedJob(tenant), new() { Tenant = tenant })));
        var outcomes = await Jobs.SubmitManyAsync([.. submissions]);
        await Jobs.ResumeAsync(ScriptedJob.Class);
        await Task.WhenAll(outcomes.Select(outcome => EndOfAsync(Jobs.GetHandle(outcome.Id))));

        var whileBothWait = Script.Runs.Take(60).Count(run => run.Name == "acme");
        Assert.InRange(whileBothWait, 43, 47);
    }

    [SkippableFact]
    public async Task HangingClass_TakesNothingFromAnother()
    {
        var gate = Script.Hold("held");
        await SubmitHeldAsync(8);
        await EnterAsync(gate, 4);

        var others = await Jobs.SubmitManyAsync(
            [.. Enumerable.Range(0, 50).Select(number => Jobs.Describe(OtherJob.Class, new OtherJob($"o{number}")))]);

        foreach (var outcome in others)
        {
            Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(outcome.Id))).State);
        }
    }

    [SkippableFact]
    public async Task UnknownClass_CannotBeChanged() =>
        await Assert.ThrowsAsync<UnknownJobClassException>(() => Jobs.PauseAsync("nowhere"));

    private async Task<List<JobHandle>> SubmitHeldAsync(int count, string tenant = "")
    {
        var jobs = new List<JobHandle>();
        for (var number = 0; number < count; number++)
        {
            jobs.Add(await SubmitAsync("held", new() { Tenant = tenant }));
        }

        return jobs;
    }

    private static async Task EnterAsync(Gate gate, int count)
    {
        for (var number = 0; number < count; number++)
        {
            await gate.EnteredAsync();
        }
    }
}
