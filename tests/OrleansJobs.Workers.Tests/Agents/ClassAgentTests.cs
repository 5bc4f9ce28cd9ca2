using OrleansJobs.TestKit.Ports;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Tests.Agents;

public sealed partial class ClassAgentTests
{
    [Fact]
    public async Task Start_TellsPermitsAndHeldLeasesAndThenWaits()
    {
        await using var bench = new Bench(options => options.MaxLocalWorkers = 5, permits: 5);
        await bench.StartAgentAsync();
        var requests = bench.Dispatcher.Requests;

        Assert.Equal((Bench.Silo, 0L, 5, false), (requests[0].Silo, requests[0].KnownEpoch, requests[0].Permits, requests[0].Draining));
        Assert.Empty(requests[0].Held!);
        Assert.Equal(1L, requests[1].KnownEpoch);
        Assert.Empty(requests[1].Held!);
        Assert.Equal((3, 1L), (requests.Count, requests[2].KnownEpoch));
        Assert.Null(requests[2].Held);
    }

    [Fact]
    public async Task Idle_HasNoTimerAndSaysNothing()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        Assert.Equal(0, bench.Time.ActiveTimers);
        bench.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, bench.Dispatcher.Requests.Count);
    }

    [Fact]
    public async Task Lease_IsRunAndItsCompletionToldOnce()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Dispatcher.WhenCompletionsAsync(1);
        await bench.Dispatcher.WhenParkedAsync();

        Assert.Equal((lease.Id, JobState.Succeeded), (bench.Dispatcher.Completions[0].LeaseId, bench.Dispatcher.Completions[0].State));
        Assert.Single(bench.Dispatcher.Completions);
        Assert.Equal(0, bench.Running.Count);
    }

    [Fact]
    public async Task Completions_ThatComeUpDuringAnExchange_GoTogetherInTheNext()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(bench.NewLease(), bench.NewLease(), bench.NewLease(), bench.NewLease());
        await bench.Script.Started.WhenAsync(4);
        await bench.Dispatcher.WhenParkedAsync();
        var gate = new TaskCompletionSource();
        bench.Dispatcher.Exchange.Gate = gate.Task;
        bench.Dispatcher.WantHeld();
        bench.Dispatcher.Exchange.Gate = gate.Task;
        await bench.Dispatcher.WhenAsync(requests => requests.Count(request => request.Held is not null) == 2);
        told.SetResult(JobResult.Done);
        await bench.Jobs.Ack.WhenCallsAsync(4);
        await Task.Run(() => SpinWait.SpinUntil(() => bench.Running.Count == 0));
        Assert.Empty(bench.Dispatcher.Completions);

        bench.Dispatcher.Exchange.Gate = Task.CompletedTask;
        gate.SetResult();
        await bench.Dispatcher.WhenCompletionsAsync(4);
        Assert.InRange(bench.Dispatcher.Requests.Count(request => request.Completions.Count > 0), 1, 2);
    }

    [Theory]
    [InlineData(CallFault.BeforeEffect)]
    [InlineData(CallFault.AfterEffect)]
    public async Task Completion_WithoutAnswer_IsToldAgain(CallFault fault)
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(bench.NewLease());
        await bench.Script.Started.WhenAsync(1);
        await bench.Dispatcher.WhenParkedAsync();
        var timers = bench.Time.ActiveTimers;
        bench.Dispatcher.Exchange.FailNext(fault);
        told.SetResult(JobResult.Done);
        await bench.Dispatcher.Exchange.WhenCallsAsync(4);
        await bench.Time.WhenTimerDueWithinAsync(GrowingPause.First);
        bench.Time.Advance(GrowingPause.First);
        var expected = fault == CallFault.AfterEffect ? 2 : 1;
        await bench.Dispatcher.WhenCompletionsAsync(expected);
        await bench.Dispatcher.WhenParkedAsync();
        Assert.Equal(expected, bench.Dispatcher.Completions.Count);
    }

    [Fact]
    public async Task Exchange_ThatNeverAnswers_IsRepeatedAfterItsTimeout()
    {
        await using var bench = new Bench();
        bench.Dispatcher.Exchange.Gate = new TaskCompletionSource().Task;
        await bench.Agent.StartAsync();
        await bench.Dispatcher.Exchange.WhenCallsAsync(1);
        await bench.Time.WhenTimersAsync(1);
        bench.Dispatcher.Exchange.Gate = Task.CompletedTask;
        bench.Time.Advance(bench.Options.ExchangeTimeout);
        await bench.Time.WhenTimersAsync(1);
        bench.Time.AdvanceToNextTimer();
        await bench.Dispatcher.WhenParkedAsync();
        Assert.NotNull(bench.Dispatcher.Requests[1].Held);
    }

    /// <summary>The dispatcher has given leases with it, and takes them for held until it is told otherwise.</summary>
    [Fact]
    public async Task Exchange_WhoseAnswerWasLost_IsAwaitedNoMore_AndWhatIsHeldIsNamed()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        var lost = bench.Dispatcher.Requests[^1];
        Assert.Contains(lost.Number, lost.Awaited!);
        bench.Dispatcher.Exchange.Always = CallFault.AfterEffect;
        bench.Dispatcher.WantHeld();
        await bench.Time.WhenTimersAsync(1);
        bench.Dispatcher.Exchange.Always = null;
        bench.Time.AdvanceToNextTimer();
        await bench.Dispatcher.WhenAsync(requests => requests.Count > 4);

        var next = bench.Dispatcher.Requests.First(request => request.Number > lost.Number);
        Assert.NotNull(next.Held);
        Assert.DoesNotContain(lost.Number, bench.Dispatcher.Requests[^1].Awaited!);
    }

    [Fact]
    public async Task Leases_OfAnAnswerThatWasGivenUp_AreGivenBack()
    {
        await using var bench = new Bench();
        var late = new TaskCompletionSource();
        bench.Dispatcher.Exchange.Gate = late.Task;
        await bench.Agent.StartAsync();
        await bench.Dispatcher.Exchange.WhenCallsAsync(1);
        await bench.Time.WhenTimersAsync(1);
        bench.Dispatcher.Exchange.Always = CallFault.BeforeEffect;
        bench.Time.Advance(bench.Options.ExchangeTimeout);
        await bench.Time.WhenTimersAsync(1);

        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        late.SetResult();
        bench.Dispatcher.Exchange.Always = null;
        bench.Time.AdvanceToNextTimer();
        await bench.Dispatcher.WhenCompletionsAsync(1);

        Assert.Equal((lease.Id, false), (bench.Dispatcher.Completions[0].LeaseId, bench.Dispatcher.Completions[0].Started));
        Assert.Equal(0, bench.Script.Started.Value);
    }

    [Fact]
    public async Task Unreachable_PausesBetweenTries()
    {
        await using var bench = new Bench();
        bench.Dispatcher.Exchange.Always = CallFault.BeforeEffect;
        await bench.Agent.StartAsync();
        for (var calls = 1; calls <= 10; calls++)
        {
            await bench.Dispatcher.Exchange.WhenCallsAsync(calls);
            await bench.Time.WhenTimersAsync(1);
            Assert.Equal(calls, bench.Dispatcher.Exchange.Calls);
            bench.Time.AdvanceToNextTimer();
        }

        bench.Dispatcher.Exchange.Always = null;
        await bench.Dispatcher.Exchange.WhenCallsAsync(11);
        if (bench.Dispatcher.Requests.Count == 0)
        {
            await bench.Time.WhenTimersAsync(1);
            bench.Time.AdvanceToNextTimer();
        }

        await bench.Dispatcher.WhenParkedAsync();
    }

    [Fact]
    public async Task WaitingExchange_ThatComesBackWithNothing_IsNotRepeatedAtOnce()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        bench.Dispatcher.Order(orders => orders);
        await bench.Time.WhenTimersAsync(1);
        Assert.False(bench.Dispatcher.IsParked);
        bench.Time.AdvanceToNextTimer();
        await bench.Dispatcher.WhenParkedAsync();
    }

    [Fact]
    public async Task NewEpoch_IsToldTheHeldLeasesAtOnce()
    {
        await using var bench = new Bench();
        var lease = await bench.StartAgentWithALeaseAsync();
        await bench.Dispatcher.WhenParkedAsync();
        bench.Dispatcher.BeginEpoch(2);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].KnownEpoch == 2 && requests.Any(request => request.Held is { Count: 1 }));

        var held = bench.Dispatcher.Requests.Last(request => request.Held is not null);
        Assert.Equal((2L, lease, 1L), (held.KnownEpoch, held.Held![0].Lease, held.Held[0].LeaseToken!.Value));
    }

    [Fact]
    public async Task HeldWanted_IsAnsweredAtOnce()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        bench.Dispatcher.WantHeld();
        await bench.Dispatcher.WhenAsync(requests => requests.Count(request => request.Held is not null) == 2);
    }

    [Fact]
    public async Task Permits_FollowTheSettingsUpToTheCeiling()
    {
        await using var bench = new Bench(options => (options.MaxLocalWorkers, options.MaxLocalWorkersCeiling) = (4, 6), permits: 4);
        await bench.StartAgentAsync();
        bench.Dispatcher.ChangePermits(100);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 6);
        bench.Dispatcher.ChangePermits(1);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 1);
    }

    [Fact]
    public async Task Lease_WithNoSlotFree_IsGivenBack()
    {
        await using var bench = new Bench(permits: 2);
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(bench.NewLease(), bench.NewLease());
        await bench.Script.Started.WhenAsync(2);
        bench.Dispatcher.ChangePermits(1);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 1);
        var third = bench.NewLease();
        bench.Dispatcher.Grant(third);
        await bench.Dispatcher.WhenCompletionsAsync(1);

        var back = bench.Dispatcher.Completions[0];
        Assert.Equal((third.Id, false, JobState.Queued), (back.LeaseId, back.Started, back.State));
        Assert.Equal((2, CancellationCause.None), (bench.Script.Started.Value, bench.Script.Context!.CancellationCause));
        told.SetResult(JobResult.Done);
    }

    [Fact]
    public async Task Overstay_KeepsTheSlotWhileTheJobMovesOn()
    {
        await using var bench = new Bench(options => options.Timeout = TimeSpan.FromSeconds(2), permits: 2);
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        bench.Time.Advance(bench.Options.UnresponsiveHandlerGracePeriod);
        await bench.Dispatcher.WhenCompletionsAsync(1);
        Assert.Equal(JobState.Retrying, bench.Dispatcher.Completions[0].State);
        var end = bench.Dispatcher.Requests.Single(request => request.Completions.Count > 0);
        Assert.Equal((lease.Id, lease.Job.Id, 1), (end.Overstays.Single().LeaseId, end.Overstays.Single().JobId, end.Permits));

        told.SetResult(JobResult.Done);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 2 && requests[^1].Overstays.Count == 0);
    }
}
