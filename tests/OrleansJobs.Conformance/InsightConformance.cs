using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansJobs.Conformance;

/// <summary>What operators see: histories, verdicts, tenants, errors, silos.</summary>
public abstract class InsightConformance : GridConformance
{
    /// <summary>Far longer than a free slot needs to be given away.</summary>
    private static readonly TimeSpan NoMoment = TimeSpan.FromSeconds(1);

    private IGridMonitor Monitor => Services.GetRequiredService<IGridMonitor>();

    [SkippableFact]
    public async Task History_AddsUpWithWhatRan()
    {
        Script.On("shaky", context => context.Attempt == 1 ? JobResult.Retry("not yet") : JobResult.Done);
        var jobs = new[] { await SubmitAsync(), await SubmitAsync(), await SubmitAsync("shaky") };
        await Task.WhenAll(jobs.Select(EndOfAsync));
        var cancelled = await SubmitAsync("later", new() { Delay = TimeSpan.FromHours(1) });
        await cancelled.CancelAsync();

        var points = (await UntilAsync(ScriptedAsync, overview => overview.History.Points.Sum(point => point.Finished) >= 4)).History.Points;

        Assert.Equal(
            (4, 4, 4, 4, 1),
            (points.Sum(point => point.Arrived), points.Sum(point => point.Started), points.Sum(point => point.Ended),
                points.Sum(point => point.Finished), points.Sum(point => point.Failed)));
    }

    [SkippableFact]
    public async Task History_TellsWaitAndRunTimes()
    {
        var gate = Script.Hold("held");
        var job = await SubmitAsync("held");
        await gate.EnteredAsync();
        await UntilAsync(ScriptedAsync, overview => overview.History.Points.Any(point => point.Running > 0));
        gate.Release();
        var end = await EndOfAsync(job);

        var history = (await UntilAsync(ScriptedAsync, overview => overview.History.Run.Count == 1)).History;

        Assert.Equal(1, history.Wait.Count);
        Assert.Equal(1, history.Waits.Sum(bucket => bucket.Count));
        Assert.True(history.Run.Max > TimeSpan.Zero && history.Run.Max <= end.FinishedAt - end.SubmittedAt, $"{history.Run.Max}");
    }

    [SkippableFact]
    public async Task RetryByHand_OfAnEndedJob_ArrivesAgain_AndARepeatedSubmitDoesNot()
    {
        Script.On("broken", _ => JobResult.DeadLetter("no"));
        var job = await SubmitAsync("broken", new() { UniqueKey = "once" });
        await SubmitAsync("broken", new() { UniqueKey = "once" });
        await EndOfAsync(job);
        Script.On("broken", _ => JobResult.Done);

        await job.RetryAsync();
        await EndOfAsync(job);

        var overview = await UntilAsync(ScriptedAsync, overview => overview.History.Points.Sum(point => point.Finished) == 2);
        Assert.Equal(2, overview.History.Points.Sum(point => point.Arrived));
    }

    [SkippableFact]
    public async Task Attempts_SayWhenTheyWereDue_AndWhatHeldThemBack()
    {
        Script.On("shaky", context => context.Attempt == 1 ? JobResult.Retry("not yet") : JobResult.Done);
        await Jobs.PauseAsync(ScriptedJob.Class);
        var job = await SubmitAsync("shaky");
        var submitted = await job.GetAsync();
        await UntilAsync(ScriptedAsync, overview => overview.History.OldestWait > NoMoment);
        await Jobs.ResumeAsync(ScriptedJob.Class);

        var end = await EndOfAsync(job);
        await RestartAsync();
        var stored = await Jobs.GetAsync(job.Id);

        Assert.Equal((submitted.DueAt, WaitReason.Paused), (end.Attempts[0].DueAt, end.Attempts[0].WaitedFor));
        Assert.Equal((end.DueAt, end.WaitedFor), (end.Attempts[1].DueAt, end.Attempts[1].WaitedFor));
        Assert.True(end.Attempts[1].DueAt > end.Attempts[0].EndedAt);
        Assert.Equal(end.Attempts, stored.Attempts);
    }

    [SkippableFact]
    public async Task Overview_ShowsEveryClass_WithTheCountsOfItsStatus()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        await SubmitAsync();

        var classes = await Monitor.GetOverviewAsync();

        Assert.Equal([OtherJob.Class, ScriptedJob.Class], classes.Select(one => one.Status.JobClass).Order());
        var scripted = classes.Single(one => one.Status.JobClass == ScriptedJob.Class);
        Assert.Equal((await Jobs.GetClassAsync(ScriptedJob.Class)).Counts, scripted.Status.Counts);
        Assert.Equal((1, ScriptedJob.Class), (scripted.Status.Counts.Queued, scripted.History.JobClass));
    }

    [SkippableFact]
    public async Task Verdict_OfAnIdleClass_IsKeepsUp()
    {
        await EndOfAsync(await SubmitAsync());
        await VerdictAsync(VerdictKind.KeepsUp);
    }

    [SkippableFact]
    public async Task Verdict_OfAPausedClass_IsPaused()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        await SubmitAsync();
        await VerdictAsync(VerdictKind.Paused);
    }

    [SkippableFact]
    public async Task Verdict_OfAFullPool_IsPoolLimited()
    {
        Script.Hold("held");
        await SubmitManyAsync("held", 5);

        var verdict = await VerdictAsync(VerdictKind.PoolLimited);

        Assert.Contains("4 of 4 slots are taken.", verdict.Evidence);
    }

    [SkippableFact]
    public async Task Verdict_OfAnUsedUpRate_IsRateLimited()
    {
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { Rate = Rate.Per(TimeSpan.FromHours(1), 1) });
        await SubmitManyAsync("job", 3);
        await VerdictAsync(VerdictKind.RateLimited);
    }

    [SkippableFact]
    public async Task Verdict_OfTenantsAtTheirLimit_IsTenantCapped()
    {
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxConcurrentJobsPerTenant = 1 });
        Script.Hold("held");
        await SubmitManyAsync("held", 2, "acme");
        await SubmitManyAsync("held", 2, "globex");

        var verdict = await VerdictAsync(VerdictKind.TenantCapped);

        Assert.Contains("2 of 4 slots are free.", verdict.Evidence);
    }

    [SkippableFact]
    public async Task Verdict_OfJobsThatSlowEachOtherDown_IsDownstreamSlows()
    {
        using var downstream = new SemaphoreSlim(1);
        Script.On("contended", async context =>
        {
            await downstream.WaitAsync(context.CancellationToken);
            await Jobs.ReadFinishedAsync(OtherJob.Class, 0, 1, TimeSpan.FromMilliseconds(40), context.CancellationToken);
            downstream.Release();
            return JobResult.Done;
        });
        for (var quiet = 0; quiet < 10; quiet++)
        {
            await EndOfAsync(await SubmitAsync("contended"));
        }

        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { MaxLocalWorkers = 16 });
        await SubmitManyAsync("contended", 150);

        Assert.NotNull((await VerdictAsync(VerdictKind.DownstreamSlows)).GainOfOneMorePermit);
        await StopAsync();
    }

    [SkippableFact]
    public async Task Tenants_ShowWhatTheyGet()
    {
        await Jobs.ChangeClassAsync(ScriptedJob.Class, new() { TenantWeights = new Dictionary<string, int> { ["acme"] = 3 } });
        await Task.WhenAll((await SubmitManyAsync("job", 3, "globex")).Select(EndOfAsync));
        var gate = Script.Hold("held");
        await SubmitManyAsync("held", 6, "acme");
        for (var slot = 0; slot < 4; slot++)
        {
            await gate.EnteredAsync();
        }

        var tenants = await UntilAsync(
            () => Monitor.GetTenantsAsync(ScriptedJob.Class), tenants => tenants.Any(tenant => tenant.Tenant == "acme" && tenant.Waiting == 2));

        Assert.Equal(
            ["acme weighs 3, waits 2, runs 4, started 4", "globex weighs 1, waits 0, runs 0, started 3"],
            tenants.Select(use => $"{use.Tenant} weighs {use.Weight}, waits {use.Waiting}, runs {use.Running}, started {use.Started}"));
    }

    [SkippableFact]
    public async Task Errors_AreGroupedByTypeAndText()
    {
        var number = 0;
        Script.On("broken", Task<JobResult> (_) => throw new TimeoutException($"No answer after {Interlocked.Increment(ref number)} s."));
        Script.On("odd", Task<JobResult> (_) => throw new FormatException(new string('x', 5_000)));
        var jobs = await SubmitManyAsync("broken", 2);
        var odd = await SubmitAsync("odd", new() { MaxAttempts = 1 });
        await Task.WhenAll([.. jobs.Select(EndOfAsync), EndOfAsync(odd)]);

        var groups = await UntilAsync(() => Monitor.GetErrorsAsync(ScriptedJob.Class), groups => groups.Sum(group => group.Count) == 7);

        Assert.Equal([("System.TimeoutException", 6), ("System.FormatException", 1)], groups.Select(group => (group.Type, (int)group.Count)));
        Assert.StartsWith("No answer after ", groups[0].Message);
        Assert.Equal((InsightLimits.MaxGroupMessageLength, odd.Id), (groups[1].Message.Length, groups[1].LastJob));
    }

    [SkippableFact]
    public async Task Log_KeepsWhatAttemptsWrite_AndIsReadOnFromALine()
    {
        Script.On("talkative", context =>
        {
            context.Logger.LogInformation("Attempt {Number} begins", context.Attempt);
            context.Logger.LogWarning("and ends");
            return context.Attempt == 1 ? JobResult.Retry("again") : JobResult.Done;
        });
        var job = await SubmitAsync("talkative");
        await EndOfAsync(job);

        var lines = await UntilAsync(() => Monitor.ReadLogAsync(job.Id, 0, 10), lines => lines.Count == 4);

        Assert.Equal(["1 Attempt 1 begins", "1 and ends", "2 Attempt 2 begins", "2 and ends"], lines.Select(line => $"{line.Attempt} {line.Text}"));
        Assert.Equal((LogLevel.Information, LogLevel.Warning), (lines[0].Level, lines[1].Level));
        Assert.Equal(lines.Skip(1).Take(2), await Monitor.ReadLogAsync(job.Id, lines[0].Sequence, 2));
        Assert.Empty(await Monitor.ReadLogAsync(JobId.New(), 0, 10));
        await Assert.ThrowsAsync<InvalidRequestException>(() => Monitor.ReadLogAsync(job.Id, 0, 0));
    }

    [SkippableFact]
    public async Task Silos_ShowTheirPoolsAndWhatTheyRun()
    {
        var gate = Script.Hold("held");
        var job = await SubmitAsync("held", new() { Tenant = "acme" });
        await gate.EnteredAsync();

        var silo = Assert.Single(await UntilAsync(Monitor.GetSilosAsync, silos => silos.Any(one => one.Running.Count == 1)));

        Assert.Equal((await job.GetAsync()).Silo, silo.Silo);
        Assert.Equal((job.Id, ScriptedJob.Class, "acme", 1), Of(Assert.Single(silo.Running)));
        Assert.Equal(new SiloPool(ScriptedJob.Class, 4, 16, 1), silo.Pools.Single(pool => pool.JobClass == ScriptedJob.Class));
        Assert.True(silo is { Draining: false, WorkingSetBytes: > 0, GcHeapBytes: > 0, Processors: > 0 });
        Assert.Equal(Environment.ProcessId, silo.ProcessId);
        Assert.InRange(silo.CpuFraction, 0, 1);
        Assert.InRange(silo.StartedAt, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow());
    }

    [SkippableFact]
    public async Task DrainedSilo_FinishesWhatItRuns_AndTakesNoMore()
    {
        var gate = Script.Hold("held");
        var running = await SubmitAsync("held");
        await gate.EnteredAsync();
        var silo = Assert.Single(await Monitor.GetSilosAsync()).Silo;

        await Monitor.DrainSiloAsync(silo);
        await Monitor.DrainSiloAsync(silo);
        await UntilAsync(ScriptedAsync, overview => overview.Status.Pools.All(pool => pool.Draining));
        var waiting = await SubmitAsync("waiting");

        await VerdictAsync(VerdictKind.NoSilo);
        Assert.Equal(WaitReason.NoSilo, (await waiting.ExplainAsync()).Reason);
        Assert.True(Assert.Single(await Monitor.GetSilosAsync()).Draining);
        gate.Release();
        Assert.Equal(JobState.Succeeded, (await EndOfAsync(running)).State);
        Assert.Equal("held", Assert.Single(Script.Runs).Name);
    }

    [SkippableFact]
    public async Task Drain_OfASiloThatIsNotUp_IsRefused() =>
        await Assert.ThrowsAsync<InvalidRequestException>(() => Monitor.DrainSiloAsync("127.0.0.1:1@1"));

    [SkippableFact]
    public async Task UnknownClass_IsRefused()
    {
        await Assert.ThrowsAsync<UnknownJobClassException>(() => Monitor.GetOverviewAsync("nowhere"));
        await Assert.ThrowsAsync<UnknownJobClassException>(() => Monitor.GetTenantsAsync("nowhere"));
        await Assert.ThrowsAsync<UnknownJobClassException>(() => Monitor.GetErrorsAsync("nowhere"));
    }

    private static (JobId, string, string, int) Of(RunningJob job) => (job.Id, job.JobClass, job.Tenant, job.Attempt);

    private Task<ClassOverview> ScriptedAsync(CancellationToken cancellationToken) => Monitor.GetOverviewAsync(ScriptedJob.Class, cancellationToken);

    private async Task<List<JobHandle>> SubmitManyAsync(string name, int count, string tenant = "")
    {
        var jobs = await Jobs.SubmitManyAsync(
            [.. Enumerable.Range(0, count).Select(_ => Jobs.Describe(ScriptedJob.Class, new ScriptedJob(name), new() { Tenant = tenant }))]);
        return [.. jobs.Select(job => Jobs.GetHandle(job.Id))];
    }

    private async Task<ClassVerdict> VerdictAsync(VerdictKind kind) =>
        (await UntilAsync(ScriptedAsync, overview => overview.History.Verdict.Kind == kind)).History.Verdict;
}
