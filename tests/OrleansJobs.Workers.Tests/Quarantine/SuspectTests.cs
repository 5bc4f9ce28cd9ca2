using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Core.Quarantine;
using OrleansJobs.TestKit.Ports;

namespace OrleansJobs.Workers.Tests.Quarantine;

public sealed class SuspectTests
{
    [Fact]
    public async Task Suspect_OnAnEmptySilo_RunsAlone_AndSoItIsStored()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);

        Assert.True(bench.JobOf(lease).RunsAlone);
        Assert.True(bench.Gate.IsClosed);
        told.SetResult(JobResult.Done);
        Assert.Equal(JobState.Succeeded, (await run).State);
        Assert.False(bench.Gate.IsClosed);
    }

    [Fact]
    public async Task Lease_ThatComesWhileASuspectRunsAlone_IsGivenBackWithoutAStart()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var run = bench.Runner.RunAsync(Suspect(bench));
        await bench.Script.Started.WhenAsync(1);
        var other = bench.NewLease();

        var completion = await bench.Runner.RunAsync(other);

        Assert.Equal((false, JobState.Queued, 0), (completion.Started, completion.State, bench.JobOf(other).Attempt));
        told.SetResult(JobResult.Done);
        await run;
    }

    [Fact]
    public async Task Suspect_WaitsForTheOthersToEnd()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var other = bench.Runner.RunAsync(bench.NewLease());
        await bench.Script.Started.WhenAsync(1);
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Gate.WhenClosedAsync();
        Assert.Equal((JobState.Queued, 1), (bench.JobOf(lease).State, bench.Script.Started.Value));

        told.SetResult(JobResult.Done);
        await Task.WhenAll(other, run);

        Assert.Equal((JobState.Succeeded, WaitReason.Alone), (bench.JobOf(lease).State, bench.JobOf(lease).WaitedFor));
    }

    [Fact]
    public async Task Suspect_OnASiloThatDoesNotBecomeEmpty_IsPutOff()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var other = bench.Runner.RunAsync(bench.NewLease());
        await bench.Script.Started.WhenAsync(1);
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Gate.WhenClosedAsync();

        bench.Time.Advance(JobLimits.MaxIsolationWait);
        await bench.Jobs.PutOff.WhenCallsAsync(1);
        await bench.Time.WhenTimersAsync(2);
        bench.Time.Advance(TimeSpan.FromMilliseconds(100));
        var completion = await run;

        Assert.Equal((false, JobState.Scheduled), (completion.Started, completion.State));
        Assert.Equal((0, 1), (bench.JobOf(lease).Attempt, bench.Script.Started.Value));
        Assert.Equal(bench.JobOf(lease).DueAt, completion.DueAt);
        Assert.False(bench.Gate.IsClosed);
        told.SetResult(JobResult.Done);
        await other;
    }

    [Fact]
    public async Task Handler_ThatOverstays_CountsAsANeighbour()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(1));
        var told = bench.Script.RunUntilTold();
        var deaf = bench.Runner.RunAsync(bench.NewLease());
        await bench.Script.Started.WhenAsync(1);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        bench.Time.Advance(bench.Options.UnresponsiveHandlerGracePeriod);
        Assert.Equal(JobState.Retrying, (await deaf).State);

        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Gate.WhenClosedAsync();
        Assert.Equal(JobState.Queued, bench.JobOf(lease).State);

        told.SetResult(JobResult.Done);
        Assert.Equal(JobState.Succeeded, (await run).State);
    }

    [Fact]
    public async Task Isolation_ThatLastsTooLong_IsEnded_AndOthersStartOnlyWhenThatIsStored()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Jobs.EndIsolation.FailNext(CallFault.BeforeEffect);

        bench.Time.Advance(JobLimits.MinIsolation);
        await bench.Jobs.EndIsolation.WhenCallsAsync(1);
        Assert.True(bench.Gate.IsClosed);
        Assert.True(bench.JobOf(lease).RunsAlone);

        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.Gate.WhenOpenAsync();
        Assert.False(bench.JobOf(lease).RunsAlone);
        told.SetResult(JobResult.Done);
        Assert.Equal(JobState.Succeeded, (await run).State);
    }

    [Fact]
    public async Task Attempt_ThatLostItsLease_WhileItRanAlone_LeavesOnlyWhenItIsStoredSoNoMore()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Jobs.EndIsolation.FailNext(CallFault.BeforeEffect);

        bench.Running.Register(lease).Stop(CancellationCause.LeaseLost);
        await run;
        await bench.Jobs.EndIsolation.WhenCallsAsync(1);
        Assert.Equal((true, true), (bench.Gate.IsClosed, bench.JobOf(lease).RunsAlone));

        await bench.Time.WhenTimersAsync(2);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.Gate.WhenOpenAsync();
        Assert.Equal((JobState.Running, false), (bench.JobOf(lease).State, bench.JobOf(lease).RunsAlone));
        Assert.NotEqual(Verdict.WrongState, bench.Jobs.Apply(lease.Job.Id, new Expire(Bench.Silo, SiloIsDead: true)));
        Assert.Equal(JobState.Queued, bench.JobOf(lease).State);
    }

    [Fact]
    public async Task Conviction_OfAnother_FreesThoseWhoRanBesideIt()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);

        Assert.True(bench.Explained.Add(["s1", "s2", "s3"]));
        await bench.Gate.WhenOpenAsync();

        Assert.False(bench.JobOf(lease).RunsAlone);
        Assert.False(bench.Explained.Add(["s1"]));
        told.SetResult(JobResult.Done);
        await run;
    }

    [Fact]
    public async Task Pools_TellNoPermits_WhileASuspectRunsAlone_AndTheirOwnAfterwards()
    {
        await using var bench = new Bench(options => options.MaxLocalWorkers = 5, permits: 5);
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(Suspect(bench));
        await bench.Script.Started.WhenAsync(1);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 0);

        told.SetResult(JobResult.Done);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 5);
    }

    [Fact]
    public async Task Drain_LetsNoSuspectWait()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var other = bench.Runner.RunAsync(bench.NewLease());
        await bench.Script.Started.WhenAsync(1);
        var lease = Suspect(bench);
        var run = bench.Runner.RunAsync(lease);
        await bench.Gate.WhenClosedAsync();

        bench.Agent.StopLeasing();
        await bench.Jobs.PutOff.WhenCallsAsync(1);
        await bench.Time.WhenTimersAsync(1);
        bench.Time.Advance(SiloGate.ShortestDelay);

        Assert.False((await run).Started);
        told.SetResult(JobResult.Done);
        await other;
    }

    private static JobLease Suspect(Bench bench) => bench.NewLease(with: job => job with
    {
        SiloLosses = JobLimits.AloneSiloLosses,
        Attempts =
        [
            .. Enumerable.Range(1, JobLimits.AloneSiloLosses)
                .Select(number => new JobAttempt(number, $"s{number}", job.DueAt, job.DueAt, AttemptOutcome.Lost, null)),
        ],
    });
}
