using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>An answer with leases that was lost on its way: they need not wait until they run out.</summary>
public sealed class UndeliveredTests
{
    private readonly Bench _bench = new();

    public UndeliveredTests()
    {
        Exchange(1, held: [], awaited: [1]);
        _bench.Dispatcher.Reply("a");
    }

    [Fact]
    public void Leases_OfAnAnswerThatIsNotAwaited_AreEndedAtOnce_ByTheirJobsAuthority()
    {
        var job = _bench.Add();
        Exchange(2, held: null, awaited: [2]);
        var lease = _bench.Dispatch().Single().Leases.Single();

        Exchange(3, held: [], awaited: [3]);
        Assert.Equal(_bench.Now, _bench.Dispatcher.NextWakeAt(_bench.Now));
        Assert.Equal(lease.Id, Assert.Single(_bench.Dispatcher.Tick(_bench.Now)).Lease.Id);

        _bench.Dispatcher.LeaseExpired(job.Id, lease.Id, job, _bench.Now);
        Assert.Equal(job.Id, Assert.Single(_bench.Dispatch().Single().Leases).Job.Id);
    }

    [Fact]
    public void Leases_OfAnAnswerThatIsAwaited_Stay()
    {
        _bench.Add();
        Exchange(2, held: null, awaited: [2]);
        _bench.Dispatch();
        Exchange(3, held: [], awaited: [2, 3]);
        Assert.Empty(_bench.Dispatcher.Tick(_bench.Now));
    }

    [Fact]
    public void Leases_ThatAreHeld_Stay()
    {
        _bench.AddMany(2);
        Exchange(2, held: null, awaited: [2]);
        var leases = _bench.Dispatch().Single().Leases;
        Exchange(3, held: [new HeldLease(leases[0], 1)], awaited: [3]);
        Assert.Equal(leases[1].Id, Assert.Single(_bench.Dispatcher.Tick(_bench.Now)).Lease.Id);
    }

    [Fact]
    public void Leases_OfAnAgentThatDoesNotSayWhatItAwaits_Stay()
    {
        _bench.Add();
        Exchange(2, held: null, awaited: null);
        _bench.Dispatch();
        Exchange(3, held: [], awaited: null);
        Assert.Empty(_bench.Dispatcher.Tick(_bench.Now));
    }

    [Fact]
    public void Leases_MissingInAnExchangeThatCameLate_Stay()
    {
        _bench.Add();
        Exchange(4, held: null, awaited: [4]);
        _bench.Dispatch();
        Exchange(3, held: [], awaited: [3]);
        Assert.Empty(_bench.Dispatcher.Tick(_bench.Now));
    }

    private void Exchange(long number, IReadOnlyList<HeldLease>? held, IReadOnlyList<long>? awaited) => _bench.Dispatcher.Exchange(
        new ExchangeRequest { Silo = "a", KnownEpoch = 1, Permits = 5, Number = number, Held = held, Awaited = awaited }, _bench.Now);
}
