using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed partial class RecoveryTests
{
    [Fact]
    public void RequestStop_BeforeTheSiloHasSaidWhatItHolds_IsDelivered()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var lease = OldLease(bench.Job());
        bench.Dispatcher.RequestStop(lease.Job.Id);
        Exchange(bench, "a", held: [new HeldLease(lease, 3)]);

        Assert.Equal([new StopOrder(lease.Id, null)], bench.Dispatch().Single().Stops);
    }

    [Fact]
    public void RequestStop_OfAJobThatIsNotKnown_HasTheStoreRead()
    {
        var bench = new Bench();
        bench.Dispatcher.RequestStop(bench.Job().Id);
        Assert.True(bench.Dispatcher.ReconcileWanted);
    }

    [Fact]
    public void RequestStop_OfManyThatAreNotKnown_IsBounded()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        for (var i = 0; i < DispatcherOptions.MaxStopsAhead; i++)
        {
            bench.Dispatcher.RequestStop(bench.Job().Id);
        }

        var lease = OldLease(bench.Job());
        bench.Dispatcher.RequestStop(lease.Job.Id);
        Exchange(bench, "a", held: [new HeldLease(lease, 3)]);

        Assert.Empty(bench.Dispatch());
        Assert.True(bench.Dispatcher.ReconcileWanted);
    }

    [Fact]
    public void RequestStop_OfAnAttemptThatIsOver_StopsNoOther()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var lease = OldLease(bench.Job());
        Exchange(bench, "a", held: [new HeldLease(lease, 3)]);
        bench.Dispatcher.RequestStop(lease.Job.Id, leaseToken: 1);
        Assert.Empty(bench.Dispatch());

        bench.Dispatcher.RequestStop(lease.Job.Id, leaseToken: 3);
        Assert.Equal([new StopOrder(lease.Id, 3)], bench.Dispatch().Single().Stops);
    }

    [Fact]
    public void RequestStop_OfARecoveredJob_ReachesItsSiloWhenItSpeaks()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var old = OldLease(bench.Job());
        Recover(bench, "a", old.Job, token: 7);
        bench.Dispatcher.RequestStop(old.Job.Id);
        Exchange(bench, "a", held: [new HeldLease(old, 7)]);
        Assert.Equal([new StopOrder(old.Id, null)], bench.Dispatch().Single().Stops);
    }

    [Fact]
    public void RequestStop_OfAnAttemptBeforeThisLife_StopsNoLaterOne()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var lease = OldLease(bench.Job());
        bench.Dispatcher.RequestStop(lease.Job.Id, leaseToken: 2);
        Exchange(bench, "a", held: [new HeldLease(lease, 3)]);
        Assert.Empty(bench.Dispatch());
    }
}
