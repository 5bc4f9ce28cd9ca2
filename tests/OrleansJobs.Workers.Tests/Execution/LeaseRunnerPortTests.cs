using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.TestKit.Ports;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Tests.Execution;

public sealed class LeaseRunnerPortTests
{
    [Theory]
    [InlineData(CallFault.BeforeEffect)]
    [InlineData(CallFault.AfterEffect)]
    public async Task Start_WithoutAnswer_IsRepeatedAndStartsOnce(CallFault fault)
    {
        await using var bench = new Bench();
        bench.Jobs.Start.FailNext(fault);
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Time.WhenTimersAsync(1);
        bench.Time.Advance(GrowingPause.First);
        var completion = await run;

        Assert.Equal(JobState.Succeeded, completion.State);
        Assert.Equal((1, 1), (bench.Script.Started.Value, bench.JobOf(lease).Attempt));
    }

    [Fact]
    public async Task Start_WithoutAnswerForLong_PausesLongerAndLonger()
    {
        await using var bench = new Bench();
        bench.Jobs.Start.Always = CallFault.BeforeEffect;
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        for (var calls = 1; calls <= 20; calls++)
        {
            bench.Running.Register(lease).Renewed(bench.Time.GetTimestamp());
            await bench.Jobs.Start.WhenCallsAsync(calls);
            await bench.Time.WhenTimersAsync(1);
            var pause = bench.Time.NextTimerAt!.Value - bench.Time.GetUtcNow();
            var longest = TimeSpan.FromTicks(Math.Min(GrowingPause.First.Ticks << (calls - 1), GrowingPause.Max.Ticks));
            Assert.InRange(pause, longest / 2, longest);
            bench.Jobs.Start.Always = calls < 20 ? CallFault.BeforeEffect : null;
            bench.Time.AdvanceToNextTimer();
        }

        Assert.Equal(JobState.Succeeded, (await run).State);
    }

    [Fact]
    public async Task Start_AnsweredWhenTheLeaseMayBeOver_CallsNoHandler()
    {
        await using var bench = new Bench();
        bench.Jobs.Start.FailNext(CallFault.AfterEffect);
        var run = bench.Runner.RunAsync(bench.NewLease());
        await bench.Time.WhenTimersAsync(1);
        bench.Time.Advance(bench.Options.LeaseTimeout - bench.Options.FenceMargin);
        var completion = await run;

        Assert.Equal((true, JobState.Running), (completion.Started, completion.State));
        Assert.Equal(0, bench.Script.Started.Value);
        Assert.Empty(bench.Jobs.Acks);
    }

    [Fact]
    public async Task Start_AnsweredLateUnderARenewedLease_CallsTheHandler()
    {
        await using var bench = new Bench();
        bench.Jobs.Start.FailNext(CallFault.AfterEffect);
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Time.WhenTimersAsync(1);
        bench.Running.Register(lease).Renewed(bench.Time.GetTimestamp() + 1);
        bench.Time.Advance(bench.Options.LeaseTimeout - bench.Options.FenceMargin);

        Assert.Equal(JobState.Succeeded, (await run).State);
    }

    [Fact]
    public async Task Start_OfALeaseThatCameTooLate_IsNotTried()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        bench.Running.Register(lease);
        bench.Time.Advance(bench.Options.StartTimeout);
        var completion = await bench.Runner.RunAsync(lease);

        Assert.Equal((false, JobState.Queued, lease.Job.DueAt), (completion.Started, completion.State, completion.DueAt));
        Assert.Equal(0, bench.Jobs.Start.Calls);
        Assert.Equal(0, bench.Running.Count);
    }

    [Fact]
    public async Task Start_OfALostLease_IsGivenUp()
    {
        await using var bench = new Bench();
        bench.Jobs.Start.Always = CallFault.BeforeEffect;
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Time.WhenTimersAsync(1);
        bench.Running.Register(lease).Stop(CancellationCause.LeaseLost);
        Assert.False((await run).Started);
    }

    [Fact]
    public async Task Start_OnADrainingSilo_IsNotTried()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        bench.Running.Register(lease).Stop(CancellationCause.Draining);
        Assert.False((await bench.Runner.RunAsync(lease)).Started);
        Assert.Equal(0, bench.Jobs.Start.Calls);
    }

    [Fact]
    public async Task Start_ThatBecomesKnownOnADrainingSilo_IsReleasedWithoutTheHandler()
    {
        await using var bench = new Bench();
        bench.Jobs.Start.FailNext(CallFault.AfterEffect);
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Time.WhenTimersAsync(1);
        bench.Running.StopAll(CancellationCause.Draining);
        var completion = await run;

        Assert.Equal((JobState.Queued, 0), (completion.State, bench.Script.Started.Value));
        Assert.Equal(0, bench.JobOf(lease).Attempt);
    }

    [Fact]
    public async Task Start_OfAJobThatIsGone_CountsAsEnded()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var gone = lease with { Job = lease.Job with { Id = JobId.New() } };
        var completion = await bench.Runner.RunAsync(gone);
        Assert.Equal((false, JobState.Cancelled), (completion.Started, completion.State));
    }

    [Fact]
    public async Task Start_OfACancelledJob_IsRefused()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        bench.Jobs.Apply(lease.Job.Id, new Cancel(null));
        var completion = await bench.Runner.RunAsync(lease);
        Assert.Equal((false, JobState.Cancelled, 0), (completion.Started, completion.State, bench.Script.Started.Value));
    }

    [Fact]
    public async Task Start_OfAJobThatRunsElsewhere_IsRefused()
    {
        await using var bench = new Bench();
        bench.Jobs.Start.FailNext(CallFault.BeforeEffect);
        var lease = bench.NewLease();
        bench.Jobs.Apply(lease.Job.Id, new Start("silo-2"));
        var run = bench.Runner.RunAsync(lease);
        await bench.Time.WhenTimersAsync(1);
        bench.Time.Advance(GrowingPause.First);
        Assert.Equal((false, JobState.Running), ((await run).Started, (await run).State));
        Assert.Equal(0, bench.Script.Started.Value);
    }

    [Fact]
    public async Task Start_UnderATokenThatAnotherAttemptHereHas_IsRefused()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = bench.NewLease();
        var first = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Jobs.Start.FailNext(CallFault.BeforeEffect);
        var second = bench.Runner.RunAsync(lease with { Id = lease.Id with { Number = 77 } });
        await bench.Jobs.Start.WhenCallsAsync(2);
        await bench.Time.WhenTimerDueWithinAsync(GrowingPause.First);
        bench.Time.Advance(GrowingPause.First);

        Assert.False((await second).Started);
        told.SetResult(JobResult.Done);
        Assert.Equal(JobState.Succeeded, (await first).State);
        Assert.Equal(1, bench.Script.Started.Value);
    }

    [Theory]
    [InlineData(CallFault.BeforeEffect)]
    [InlineData(CallFault.AfterEffect)]
    public async Task Ack_WithoutAnswer_IsRepeatedUntilThereIsOne(CallFault fault)
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        bench.Jobs.Ack.Always = fault;
        var run = bench.Runner.RunAsync(lease);
        for (var calls = 1; calls <= 50; calls++)
        {
            await bench.Jobs.Ack.WhenCallsAsync(calls);
            await bench.Time.WhenTimerDueWithinAsync(GrowingPause.Max);
            bench.Jobs.Ack.Always = calls < 50 ? fault : null;
            bench.Time.AdvanceToNextTimer();
        }

        Assert.Equal((JobState.Succeeded, 1), ((await run).State, bench.Script.Started.Value));
    }

    [Fact]
    public async Task Ack_WithStaleToken_ReportsTheStateThatIsKnown()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Jobs.Apply(lease.Job.Id, new Expire(Bench.Silo));
        var state = bench.JobOf(lease);
        told.SetResult(JobResult.DeadLetter("late"));
        var completion = await run;

        Assert.Equal((state.State, state.DueAt, false), (completion.State, completion.DueAt, completion.Failed));
        Assert.NotEqual(JobState.DeadLettered, bench.JobOf(lease).State);
    }

    [Fact]
    public async Task Ack_WhenTheSiloHasNoTimeLeft_IsGivenUp()
    {
        await using var bench = new Bench();
        bench.Jobs.Ack.Always = CallFault.BeforeEffect;
        var run = bench.Runner.RunAsync(bench.NewLease());
        await bench.Time.WhenTimersAsync(1);
        bench.Running.Abandon();
        Assert.Equal(JobState.Running, (await run).State);
    }

    [Fact]
    public async Task Completion_HoldsTheVerdictOfTheAuthority()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease(with: job => job with { MaxAttempts = 1 });
        var completion = await bench.RunAsync(lease, (_, _) => throw new IOException());
        Assert.Equal(JobState.DeadLettered, completion.State);
        Assert.Equal(Verdict.Repeated, bench.Jobs.Apply(lease.Job.Id, new Complete(1, null)));
    }
}
