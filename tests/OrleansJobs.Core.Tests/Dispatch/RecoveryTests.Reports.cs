using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed partial class RecoveryTests
{
    [Fact]
    public void Report_ThatDoesNotKnowThisLife_IsNotBelieved()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a", "b"]);
        bench.Add();
        bench.Renew("b", 0);

        Assert.True(bench.Renew("a", 5, knownEpoch: 1)!.HeldWanted);
        Assert.Empty(bench.Dispatch());

        Assert.Null(bench.Renew("a", 5));
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void Exchange_FromBeforeTheSiloKnewThisLife_ChangesNothingWhenItComesLate()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        bench.Renew("a", 3);

        var reply = bench.Renew("a", 9, draining: true, knownEpoch: 1);

        Assert.False(reply!.HeldWanted);
        var pool = Assert.Single(bench.Dispatcher.GetStatus().Pools);
        Assert.Equal((3, false), (pool.Permits, pool.Draining));
        bench.AddMany(5);
        Assert.Equal(3, bench.Dispatch().Single().Leases.Count);
    }

    [Fact]
    public void Unheard_NamesTheSilosThatHaveNotSpokenInTime()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a", "b", "c"]);
        bench.Renew("a", 1);
        bench.Dispatch();
        Assert.Empty(bench.Dispatcher.Unheard);

        bench.Now += new DispatcherOptions().RecoveryTimeout;
        bench.Dispatch();
        Assert.Equal(["b", "c"], bench.Dispatcher.Unheard.Order());

        bench.Renew("b", 1);
        bench.Dispatcher.SiloLost("c", bench.Now);
        Assert.Empty(bench.Dispatcher.Unheard);
    }
}
