using OrleansJobs.TestKit.Ports;

namespace OrleansJobs.Workers.Tests.Agents;

public sealed class SiloAgentDrainTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(-1)]
    public async Task Drain_WithATimeThatNoTimerHolds_IsAsLongAsMayBe(int days)
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        var drain = bench.Agent.DrainAsync(TimeSpan.FromDays(days));
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Draining);
        await drain;
    }

    [Fact]
    public async Task Drain_OfAnIdleSilo_TellsTheDispatcherAndEnds()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        await bench.Agent.DrainAsync();
        var last = bench.Dispatcher.Requests[^1];
        Assert.Equal((true, 0), (last.Draining, last.Permits));
    }

    [Fact]
    public async Task Drain_LetsRunningJobsFinish()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Script.Started.WhenAsync(1);
        var drain = bench.Agent.DrainAsync(TimeSpan.FromSeconds(5));
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Draining);
        bench.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Equal(CancellationCause.None, bench.Script.Context!.CancellationCause);
        told.SetResult(JobResult.Done);
        await drain;

        Assert.Equal(JobState.Succeeded, bench.JobOf(lease).State);
        Assert.Equal(lease.Id, Assert.Single(bench.Dispatcher.Completions).LeaseId);
        Assert.All(bench.Dispatcher.Requests.SkipWhile(request => !request.Draining), request => Assert.Equal((true, 0), (request.Draining, request.Permits)));
    }

    [Fact]
    public async Task StopLeasing_TellsTheDispatcher_AndLetsRunningJobsGoOnForAsLongAsTheyTake()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        var (running, late) = (bench.NewLease(), bench.NewLease());
        bench.Dispatcher.Grant(running);
        await bench.Script.Started.WhenAsync(1);

        bench.Agent.StopLeasing();
        bench.Agent.StopLeasing();
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Draining);
        bench.Dispatcher.Grant(late);
        await bench.Dispatcher.WhenAsync(_ => bench.Dispatcher.Completions.Any(ended => ended.LeaseId == late.Id));

        Assert.True(bench.Agent.IsDraining);
        Assert.Equal(CancellationCause.None, bench.Script.Context!.CancellationCause);
        Assert.False(bench.Dispatcher.Completions.Single(ended => ended.LeaseId == late.Id).Started);
        told.SetResult(JobResult.Done);
        await bench.Dispatcher.WhenAsync(_ => bench.Dispatcher.Completions.Any(ended => ended.LeaseId == running.Id));
        Assert.Equal(JobState.Succeeded, bench.JobOf(running).State);
    }

    [Fact]
    public async Task Drain_AfterItsTimeout_ReleasesTheRest()
    {
        await using var bench = new Bench();
        var lease = await bench.StartAgentWithALeaseAsync();
        var drain = bench.Agent.DrainAsync(TimeSpan.FromSeconds(5));
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Draining);
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        await drain;

        Assert.Equal((JobState.Queued, 0), (bench.JobOf(lease).State, bench.JobOf(lease).Attempt));
        Assert.Equal(JobState.Queued, Assert.Single(bench.Dispatcher.Completions).State);
    }

    [Fact]
    public async Task Drain_InAHurry_DoesNotWaitForRunningJobs()
    {
        await using var bench = new Bench();
        var lease = await bench.StartAgentWithALeaseAsync();
        await bench.Agent.DrainAsync(timeout: null, new CancellationToken(canceled: true));
        Assert.Equal(JobState.Queued, bench.JobOf(lease).State);
    }

    [Fact]
    public async Task Drain_WithAHandlerThatDoesNotStop_GivesItsJobBackWithoutIt()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Script.Started.WhenAsync(1);
        var drain = bench.Agent.DrainAsync(timeout: null, new CancellationToken(canceled: true));
        await bench.Time.WhenTimerDueWithinAsync(bench.Options.DrainGracePeriod);
        bench.Time.Advance(bench.Options.DrainGracePeriod);
        await drain;

        Assert.Equal((JobState.Queued, 0), (bench.JobOf(lease).State, bench.JobOf(lease).Attempt));
        Assert.Single(bench.Dispatcher.Completions);
    }

    [Fact]
    public async Task Drain_GivesLateLeasesBack()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(bench.NewLease());
        await bench.Script.Started.WhenAsync(1);
        var drain = bench.Agent.DrainAsync();
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Draining);
        var late = bench.NewLease();
        bench.Dispatcher.Grant(late);
        await bench.Dispatcher.WhenCompletionsAsync(1);
        Assert.Equal((late.Id, false), (bench.Dispatcher.Completions[0].LeaseId, bench.Dispatcher.Completions[0].Started));
        told.SetResult(JobResult.Done);
        await drain;
    }

    [Fact]
    public async Task Drain_WithoutADispatcher_EndsInTime()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        bench.Dispatcher.Exchange.Always = CallFault.BeforeEffect;
        var drain = bench.Agent.DrainAsync();
        await bench.Time.WhenTimersAsync(2);
        bench.Time.Advance(bench.Options.DrainGracePeriod + bench.Options.ReleaseTimeout);
        await drain;
    }

    [Fact]
    public async Task Drain_Again_DoesNothing()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        await bench.Agent.DrainAsync();
        await bench.Agent.DrainAsync();
    }

    [Fact]
    public async Task Drain_WithoutStart_Ends()
    {
        await using var bench = new Bench();
        var drain = bench.Agent.DrainAsync();
        await bench.Time.WhenTimersAsync(1);
        bench.Time.AdvanceToNextTimer();
        await drain;
    }
}
