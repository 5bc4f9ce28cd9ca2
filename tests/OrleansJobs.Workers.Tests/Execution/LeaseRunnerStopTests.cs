using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Tests.Execution;

public sealed class LeaseRunnerStopTests
{
    [Fact]
    public async Task Timeout_StopsTheHandlerAndFailsTheAttempt()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(7));
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);

        bench.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(bench.Script.Context!.CancellationToken.IsCancellationRequested);
        bench.Time.Advance(TimeSpan.FromSeconds(0.1));
        var completion = await run;

        Assert.True(completion.Failed);
        Assert.Equal(TimeSpan.FromSeconds(7), completion.RunTime);
        Assert.Equal(JobError.Timeout, bench.JobOf(lease).LastError!.Type);
        Assert.Equal(CancellationCause.Timeout, bench.Script.Context!.CancellationCause);
    }

    [Fact]
    public async Task Timeout_OfTheJob_GoesBeforeThatOfTheClass()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(60));
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease(with: job => job with { Timeout = TimeSpan.FromSeconds(3) });
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        await run;
        Assert.Equal(JobError.Timeout, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Timeout_BeyondWhatATimerHolds_FiresThen()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease(with: job => job with { Timeout = TimeSpan.FromDays(1_000) });
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Time.Advance(TimeSpan.FromDays(999));
        Assert.False(bench.Script.Context!.CancellationToken.IsCancellationRequested);
        bench.Time.Advance(TimeSpan.FromDays(1));
        await run;
        Assert.Equal(JobError.Timeout, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Timeout_WithoutEnd_LetsTheHandlerRun()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease(with: job => job with { Timeout = TimeSpan.MaxValue });
        await bench.Runner.RunAsync(lease);
        Assert.Equal((JobState.Succeeded, 1), (bench.JobOf(lease).State, bench.JobOf(lease).Attempt));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-5_000)]
    public async Task Timeout_OfNoTime_FiresAtOnce(int milliseconds)
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease(with: job => job with { Timeout = TimeSpan.FromMilliseconds(milliseconds) });
        Assert.True((await bench.Runner.RunAsync(lease)).Failed);
        Assert.Equal(JobError.Timeout, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Timeout_ExplainsWhateverIsThrownAfterIt()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(7));
        var lease = bench.NewLease();
        var run = bench.RunAsync(lease, async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new IOException("socket closed");
        });
        await bench.Script.Started.WhenAsync(1);
        bench.Time.Advance(TimeSpan.FromSeconds(7));
        await run;
        Assert.Equal(JobError.Timeout, bench.JobOf(lease).LastError!.Type);
        Assert.Contains("socket closed", bench.JobOf(lease).LastError!.Message);
    }

    [Fact]
    public async Task Timeout_OfAHandlerThatThenSucceeds_Counts()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(7));
        var told = bench.Script.RunUntilTold();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Time.Advance(TimeSpan.FromSeconds(7));
        told.SetResult(JobResult.Done);
        await run;
        Assert.Equal(JobState.Succeeded, bench.JobOf(lease).State);
    }

    [Fact]
    public async Task Timeout_OfAHandlerThatIgnoresIt_FailsTheAttemptAfterTheGrace()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(7));
        var told = bench.Script.RunUntilTold();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);

        bench.Time.Advance(TimeSpan.FromSeconds(7));
        bench.Time.Advance(bench.Options.UnresponsiveHandlerGracePeriod - TimeSpan.FromTicks(1));
        Assert.False(run.IsCompleted);
        bench.Time.Advance(TimeSpan.FromTicks(1));
        var completion = await run;

        Assert.Equal((JobState.Retrying, true), (completion.State, completion.Failed));
        Assert.Contains("did not stop", bench.JobOf(lease).LastError!.Message);
        told.SetResult(JobResult.Done);
        await bench.Script.Returned.WhenAsync(1);
        Assert.Single(bench.Jobs.Acks);
    }

    [Fact]
    public async Task HeartbeatTimeout_WithoutHeartbeats_FailsTheAttempt()
    {
        await using var bench = new Bench(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(10));
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);

        bench.Time.Advance(TimeSpan.FromSeconds(6));
        bench.Script.Context!.Heartbeat();
        bench.Time.Advance(TimeSpan.FromSeconds(9));
        await bench.Script.Context!.ReportProgressAsync(0.5);
        bench.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(run.IsCompleted);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await run;

        Assert.Equal(JobError.HeartbeatTimeout, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Cancel_WhileRunning_EndsTheJobAsCancelled()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Jobs.Apply(lease.Job.Id, new Cancel("enough"));

        bench.Running.Register(lease).Cancel(leaseToken: null);
        var completion = await run;

        Assert.Equal((JobState.Cancelled, false), (completion.State, completion.Failed));
        Assert.Equal(AttemptOutcome.Cancelled, Assert.Single(bench.Jobs.Acks).Outcome);
        Assert.Equal(0, bench.Running.Count);
    }

    [Fact]
    public async Task Cancel_OfAnAttemptThatFailsByItself_IsAFailure()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var run = bench.RunAsync(lease, async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new IOException("disk");
        });
        await bench.Script.Started.WhenAsync(1);
        bench.Running.Register(lease).Stop(CancellationCause.Cancelled);
        await run;
        Assert.Equal(typeof(IOException).FullName, Assert.Single(bench.Jobs.Acks).Error!.Type);
    }

    [Fact]
    public async Task Drain_OfACooperativeHandler_ReleasesTheJobAtNoCost()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Running.StopAll(CancellationCause.Draining);
        var completion = await run;

        Assert.Equal((JobState.Queued, false), (completion.State, completion.Failed));
        Assert.Equal(0, bench.JobOf(lease).Attempt);
    }

    [Fact]
    public async Task Drain_OfAHandlerThatReturnsAFailure_CountsIt()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Running.StopAll(CancellationCause.Draining);
        told.SetResult(JobResult.Retry("no luck"));
        Assert.True((await run).Failed);
    }

    [Fact]
    public async Task LeaseLost_WhileRunning_SendsNoAck()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Running.Register(lease).Stop(CancellationCause.LeaseLost);
        var completion = await run;

        Assert.Empty(bench.Jobs.Acks);
        Assert.Equal((JobState.Running, true, false), (completion.State, completion.Started, completion.Failed));
        Assert.Equal(CancellationCause.LeaseLost, bench.Script.Context!.CancellationCause);
    }

    [Fact]
    public async Task LeaseLost_ReplacesAnEarlierCause()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Running.StopAll(CancellationCause.Draining);
        bench.Running.StopAll(CancellationCause.LeaseLost);
        bench.Running.StopAll(CancellationCause.Cancelled);
        told.SetResult(JobResult.Done);
        await run;
        Assert.Empty(bench.Jobs.Acks);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task Cancel_OfOneAttempt_StopsNoOther(long leaseToken, bool isStopped)
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        var run = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Running.Register(lease).Cancel(leaseToken);
        Assert.Equal(isStopped ? CancellationCause.Cancelled : CancellationCause.None, bench.Script.Context!.CancellationCause);
        bench.Running.StopAll(CancellationCause.Draining);
        await run;
    }

    [Theory]
    [InlineData(1, CancellationCause.Cancelled)]
    [InlineData(2, CancellationCause.None)]
    public void Cancel_BeforeTheAnswerToTheStart_CountsOnceItIsKnownWhichAttemptThisIs(long leaseToken, CancellationCause cause)
    {
        using var running = new RunningJobs(TimeProvider.System);
        var attempt = running.Register(new JobLease(new LeaseId(1, 1), "c", new WaitingJob(JobId.New(), "", 5, 1, default, JobState.Queued), default));
        attempt.Cancel(leaseToken);
        Assert.Equal(CancellationCause.None, attempt.Cause);
        Assert.True(running.TryClaimToken(attempt, 1));
        Assert.Equal(cause, attempt.Cause);
    }

    [Fact]
    public async Task Stop_WithAHandlerWhoseReactionThrows_DoesNotReachTheCaller()
    {
        await using var bench = new Bench();
        var reacted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lease = bench.NewLease();
        var run = bench.RunAsync(lease, async (_, context) =>
        {
            using var registration = context.CancellationToken.Register(() =>
            {
                reacted.SetResult();
                throw new InvalidOperationException("reaction");
            });
            registered.SetResult();
            await reacted.Task;
            return JobResult.Done;
        });
        await registered.Task;
        bench.Running.StopAll(CancellationCause.Draining);
        await run;
        Assert.Equal(JobState.Succeeded, bench.JobOf(lease).State);
    }
}
