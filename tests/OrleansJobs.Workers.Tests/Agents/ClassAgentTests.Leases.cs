using OrleansJobs.TestKit.Ports;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Tests.Agents;

public sealed partial class ClassAgentTests
{
    [Fact]
    public async Task Renewal_NamesAllHeldLeasesOnceAPeriod()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(bench.NewLease(), bench.NewLease());
        await bench.Script.Started.WhenAsync(2);
        await bench.Dispatcher.WhenParkedAsync();
        for (var renewals = 1; renewals <= 20; renewals++)
        {
            bench.Time.Advance(bench.Options.RenewPeriod);
            await bench.Dispatcher.WhenAsync(requests => requests.Count(request => request.Held is { Count: 2 }) == renewals);
            await bench.Dispatcher.WhenParkedAsync();
            await bench.Time.WhenTimerDueWithinAsync(bench.Options.RenewPeriod);
        }

        Assert.Equal(CancellationCause.None, bench.Script.Context!.CancellationCause);
    }

    [Fact]
    public async Task Fence_StopsAttemptsWhoseLeaseCouldNotBeRenewed()
    {
        await using var bench = new Bench();
        var lease = await bench.StartAgentWithALeaseAsync();
        await bench.Dispatcher.WhenParkedAsync();
        bench.Dispatcher.Exchange.Always = CallFault.BeforeEffect;

        bench.Time.Advance(bench.Options.LeaseTimeout - bench.Options.FenceMargin - TimeSpan.FromTicks(1));
        Assert.Equal(CancellationCause.None, bench.Script.Context!.CancellationCause);
        bench.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(CancellationCause.LeaseLost, bench.Script.Context!.CancellationCause);
        await bench.Script.Returned.WhenAsync(1);
        Assert.Empty(bench.Jobs.Acks);
        Assert.Empty(bench.Dispatcher.Completions);
    }

    [Fact]
    public async Task LostLease_WhoseHandlerRunsOn_IsToldAsOverstayingUntilItReturns()
    {
        await using var bench = new Bench();
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Script.Started.WhenAsync(1);
        await bench.Dispatcher.WhenParkedAsync();

        bench.Dispatcher.Lose(lease.Id);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Overstays.Any(overstay => overstay.LeaseId == lease.Id));

        told.SetResult(JobResult.Done);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Overstays.Count == 0);
        var numbers = bench.Dispatcher.Requests.Select(request => request.Number).ToList();
        Assert.Equal(numbers.Order().Distinct(), numbers);
    }

    [Fact]
    public async Task Lease_OfALifeThatIsOver_IsGivenBackOnceTheNextWasToldWhatIsHeld()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        var late = bench.NewLease();
        bench.Dispatcher.BeginEpoch(2);
        await bench.Dispatcher.WhenAsync(requests => requests.Any(request => request is { KnownEpoch: 2, Held: not null }));
        await bench.Dispatcher.WhenParkedAsync();

        bench.Dispatcher.Order(orders => orders with { Epoch = 1, Leases = [late] });
        await bench.Dispatcher.WhenCompletionsAsync(1);

        var given = Assert.Single(bench.Dispatcher.Completions);
        Assert.Equal((late.Id, JobState.Queued, false), (given.LeaseId, given.State, given.Started));
        Assert.Equal(0, bench.Jobs.Start.Calls);
        Assert.All(bench.Dispatcher.Requests.SkipWhile(request => request.KnownEpoch < 2), request => Assert.Equal(2, request.KnownEpoch));
    }

    [Fact]
    public async Task Lease_ThatWasLongOnItsWay_IsRenewedAtOnce()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        await bench.StartAgentAsync();
        bench.Time.Advance(bench.Options.RenewPeriod + TimeSpan.FromSeconds(1));
        var lease = bench.NewLease();
        bench.Dispatcher.Order(orders => orders with { Leases = [lease], ParkedFor = TimeSpan.FromSeconds(1) });

        await bench.Dispatcher.WhenAsync(requests => requests.Any(request => request.Held is { Count: 1 }));
    }

    [Fact]
    public async Task Lease_ThatWaitedAtTheDispatcherUntilItWasGranted_IsNew()
    {
        await using var bench = new Bench();
        bench.Script.RunUntilStopped();
        await bench.StartAgentAsync();
        bench.Time.Advance(bench.Options.LeaseTimeout);
        bench.Dispatcher.Order(orders => orders with { Leases = [bench.NewLease()], ParkedFor = bench.Options.LeaseTimeout });
        await bench.Script.Started.WhenAsync(1);
        await bench.Dispatcher.WhenParkedAsync();

        Assert.DoesNotContain(bench.Dispatcher.Requests, request => request.Held is { Count: 1 });
    }

    [Fact]
    public async Task Lease_ThatIsOverWhenItArrives_CallsNoHandler()
    {
        await using var bench = new Bench();
        await bench.StartAgentAsync();
        bench.Time.Advance(bench.Options.LeaseTimeout);
        var lease = bench.NewLease();
        bench.Dispatcher.Order(orders => orders with { Leases = [lease], ParkedFor = TimeSpan.Zero });
        await bench.Dispatcher.WhenCompletionsAsync(1);

        Assert.Equal(0, bench.Script.Started.Value);
        Assert.Equal((JobState.Queued, 0), (bench.JobOf(lease).State, bench.JobOf(lease).Attempt));
    }

    [Fact]
    public async Task Cancellation_StopsTheAttempt()
    {
        await using var bench = new Bench();
        var lease = await bench.StartAgentWithALeaseAsync();
        bench.Dispatcher.Cancel(lease.Id);
        await bench.Dispatcher.WhenCompletionsAsync(1);
        Assert.Equal(JobState.Cancelled, bench.JobOf(lease).State);
    }

    [Fact]
    public async Task LostLease_StopsTheAttemptAndIsNotRenewed()
    {
        await using var bench = new Bench(permits: 4);
        var told = bench.Script.RunUntilTold();
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Dispatcher.Lose(lease.Id);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 3);
        Assert.Equal(CancellationCause.LeaseLost, bench.Script.Context!.CancellationCause);
        bench.Dispatcher.WantHeld();
        await bench.Dispatcher.WhenAsync(requests => requests.Count(request => request.Held is { Count: 0 }) == 2);
        told.SetResult(JobResult.Done);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 4);
        Assert.Empty(bench.Jobs.Acks);
    }
}
