using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>Handlers that run on although their lease has ended count in the caps.</summary>
public sealed class OverstayTests
{
    private static readonly JobClassSettings One = new() { MaxConcurrentJobs = 1 };
    private static readonly TimeSpan LeaseTimeout = new DispatcherOptions().LeaseTimeout;
    private long _number;

    [Fact]
    public void Overstay_CountsInTheClassCapUntilItIsNotToldAnyMore()
    {
        var bench = new Bench(One);
        var (first, next) = (bench.Add(), bench.Add());
        Assert.Equal(first, bench.Ask("a", 5).Single());
        var overstay = Of(bench.Held("a")[0]);

        Tell(bench, 4, [overstay], bench.Finish("a", JobState.Retrying, dueIn: 60));
        Assert.Empty(bench.Dispatch());
        Assert.Equal(WaitReason.ClassCap, bench.Dispatcher.Explain(next, bench.Now).Reason);
        Assert.Equal((0, 1), (bench.Dispatcher.Running, bench.Dispatcher.GetStatus().Overstaying));

        Tell(bench, 5, []);
        Assert.Equal(next, bench.Dispatch().Single().Leases.Single().Job);
    }

    [Fact]
    public void Overstay_IsNamedWithItsAge()
    {
        var bench = new Bench(One);
        var next = bench.Add();
        var overstay = new OverstayingHandler(bench.Job().Id, new LeaseId(1, 77), "", TimeSpan.FromSeconds(40));
        Tell(bench, 5, [overstay]);
        bench.Dispatch();
        bench.Now += TimeSpan.FromSeconds(2);

        Assert.Contains($"job {overstay.JobId} has held a slot for 42 s since its lease ended", bench.Dispatcher.Explain(next, bench.Now).Explanation);
    }

    [Fact]
    public void Overstay_CountsInItsTenantsCapAlone()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobsPerTenant = 1 });
        var (ofX, ofY) = (bench.Add("x"), bench.Add("y"));
        Tell(bench, 5, [new OverstayingHandler(bench.Job("x").Id, new LeaseId(1, 77), "x", default)]);

        Assert.Equal(ofY, bench.Dispatch().Single().Leases.Single().Job);
        Assert.Equal(WaitReason.TenantCap, bench.Dispatcher.Explain(ofX, bench.Now).Reason);
    }

    [Fact]
    public void Overstay_ThatHoldsTheOnlySlot_IsWhyThePoolIsFull()
    {
        var bench = new Bench();
        var next = bench.Add();
        Tell(bench, 0, [new OverstayingHandler(bench.Job().Id, new LeaseId(1, 77), "", default)]);

        var wait = bench.Dispatcher.Explain(next, bench.Now);
        Assert.Equal(WaitReason.PoolFull, wait.Reason);
        Assert.Contains("has held a slot for", wait.Explanation);
    }

    [Fact]
    public void NewLife_CountsTheOverstaysThatItHearsOf()
    {
        var bench = new Bench(One, epoch: 2, activeSilos: ["a"]);
        bench.Add();
        Tell(bench, 4, [new OverstayingHandler(bench.Job().Id, new LeaseId(1, 77), "", default)]);
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void LostLease_ThatItsSiloNames_CountsUntilTheSiloSaysMore()
    {
        var bench = new Bench(One);
        var first = bench.Add();
        bench.Ask("a", 5);
        bench.Now += LeaseTimeout;
        var expiring = Assert.Single(bench.Dispatcher.Tick(bench.Now));
        var held = bench.Held("a")[0];

        Tell(bench, 5, [], held: new HeldLease(held, 1));
        bench.Dispatcher.LeaseExpired(first.Id, expiring.Lease.Id, first, bench.Now);
        Assert.Equal([held.Id], bench.Dispatch().Single().Lost);

        Tell(bench, 5, []);
        Assert.Equal(first, bench.Dispatch().Single().Leases.Single().Job);
    }

    [Fact]
    public void ExpiredLease_OfASilentSilo_CountsUntilTheSiloSpeaks()
    {
        var bench = Expired(out var first);
        Assert.Empty(bench.Ask("b", 5));
        Assert.Contains("has not said yet", bench.Dispatcher.Explain(first, bench.Now).Explanation);

        Tell(bench, 0, []);
        Assert.Equal(first, bench.Dispatch().Single().Leases.Single().Job);
    }

    [Fact]
    public void ExpiredLease_OfASilentSilo_CountsUntilTheSiloIsLost()
    {
        var bench = Expired(out _);
        Assert.Empty(bench.Ask("b", 5));
        bench.Dispatcher.SiloLost("a", bench.Now);
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void ExpiredLease_OfASilentSilo_CountsNoLongerThanTwoLeases()
    {
        var bench = Expired(out _);
        bench.Now += LeaseTimeout + TimeSpan.FromSeconds(1);
        Assert.Single(bench.Ask("b", 5));
    }

    [Fact]
    public void ExpiredLease_OfASiloThatHasSaidWhatItHolds_IsFree()
    {
        var bench = new Bench(One);
        var first = bench.Add();
        bench.Ask("a", 5);
        bench.Forget("a");
        bench.Now += TimeSpan.FromSeconds(1);
        Tell(bench, 5, []);
        bench.Now += LeaseTimeout;
        var expiring = Assert.Single(bench.Dispatcher.Tick(bench.Now));

        bench.Dispatcher.LeaseExpired(first.Id, expiring.Lease.Id, first, bench.Now);
        Assert.Equal(first, bench.Dispatch().Single().Leases.Single().Job);
    }

    [Fact]
    public void Exchange_ThatComesLate_TakesNoOverstayBack()
    {
        var bench = new Bench(One);
        bench.Add();
        Tell(bench, 0, [new OverstayingHandler(bench.Job().Id, new LeaseId(1, 77), "", default)]);
        _number -= 1;
        Tell(bench, 5, [], number: 0);
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void Overstay_OfALeaseThatIsStillKnown_CountsOnce()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 2 });
        bench.AddMany(3);
        bench.Ask("a", 1);
        var overstay = Of(bench.Held("a")[0]);
        Tell(bench, 4, [overstay]);
        Assert.Single(bench.Dispatch().Single().Leases);

        bench.Now += LeaseTimeout;
        foreach (var expiring in bench.Dispatcher.Tick(bench.Now))
        {
            bench.Dispatcher.LeaseExpired(expiring.Lease.Job.Id, expiring.Lease.Id, null, bench.Now);
        }

        Tell(bench, 4, [overstay]);
        Assert.Single(bench.Dispatch().Single().Leases);
    }

    [Fact]
    public void NewLife_CountsTheHandlerOfAnEarlierAttemptBesideTheLeaseOfALater()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 2 }, epoch: 2, activeSilos: ["a"]);
        var (job, next) = (bench.Job(), bench.Add());
        bench.Dispatcher.Recover(job.Id, "a", siloIsDead: false, leaseToken: 2, job, bench.Now, bench.Now);
        var later = new JobLease(new LeaseId(1, 8), "email", job, bench.Now);
        var earlier = new OverstayingHandler(job.Id, new LeaseId(1, 7), "", TimeSpan.Zero);

        Tell(bench, 4, [earlier], held: new HeldLease(later, 2));

        Assert.Empty(bench.Dispatch());
        Assert.Equal(WaitReason.ClassCap, bench.Dispatcher.Explain(next, bench.Now).Reason);
    }

    private static OverstayingHandler Of(JobLease lease) => new(lease.Job.Id, lease.Id, lease.Job.Tenant, TimeSpan.Zero);

    /// <summary>The only job that may run was leased to a silo that fell silent; the lease has run out.</summary>
    private static Bench Expired(out WaitingJob first)
    {
        var bench = new Bench(One);
        first = bench.Add();
        bench.Ask("a", 5);
        bench.Now += LeaseTimeout;
        var expiring = Assert.Single(bench.Dispatcher.Tick(bench.Now));
        bench.Dispatcher.LeaseExpired(first.Id, expiring.Lease.Id, first, bench.Now);
        return bench;
    }

    private void Tell(
        Bench bench, int permits, IReadOnlyList<OverstayingHandler> overstays, LeaseCompletion[]? completions = null, HeldLease? held = null, long? number = null) =>
        bench.Dispatcher.Exchange(
            new ExchangeRequest
            {
                Silo = "a",
                KnownEpoch = bench.Dispatcher.Epoch,
                Number = number ?? ++_number,
                Permits = permits,
                Completions = completions ?? [],
                Held = held is null ? [] : [held],
                Overstays = overstays,
            },
            bench.Now);
}
