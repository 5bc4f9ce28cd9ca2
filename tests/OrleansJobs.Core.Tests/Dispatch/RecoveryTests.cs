using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed partial class RecoveryTests
{
    [Fact]
    public void Dispatch_UntilEverySiloHasSpoken_GivesNothing()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a", "b"]);
        bench.AddMany(3);
        Assert.Empty(bench.Ask("a", 5));
        Assert.Equal(Bench.Start.AddSeconds(5), bench.Dispatcher.NextWakeAt(bench.Now));
        bench.Renew("b", 0);
        Assert.Equal(3, bench.Dispatch().Single().Leases.Count);
    }

    [Fact]
    public void Dispatch_AfterTheOtherSiloIsLost_Begins()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a", "b"]);
        bench.Add();
        Assert.Empty(bench.Ask("a", 5));
        bench.Dispatcher.SiloLost("b", bench.Now);
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void Dispatch_AfterTheRecoveryTimeout_Begins()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a", "b"]);
        bench.Add();
        Assert.Empty(bench.Ask("a", 5));
        bench.Now += TimeSpan.FromSeconds(5);
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void Exchange_OfASiloThatKnowsAnEarlierLife_IsAskedWhatItHolds()
    {
        var bench = new Bench(epoch: 2);
        bench.Add();
        var reply = bench.Dispatcher.Exchange(new ExchangeRequest { Silo = "a", KnownEpoch = 1, Permits = 5 }, bench.Now);
        Assert.True(reply!.HeldWanted);
        Assert.Equal(2, reply.Epoch);
        Assert.Empty(bench.Dispatch());
        Assert.Null(bench.Renew("a", 5));
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void Recover_CountsInEveryLimit()
    {
        var settings = new JobClassSettings { MaxConcurrentJobs = 3, MaxConcurrentJobsPerTenant = 1 };
        var bench = new Bench(settings, epoch: 2, activeSilos: ["a"]);
        Recover(bench, "a", bench.Job("x"), token: 7);
        Recover(bench, "a", bench.Job("y"), token: 8);
        bench.AddMany(5, "x");
        bench.AddMany(5, "z");
        bench.Renew("a", 10);
        var granted = bench.Dispatch().Single().Leases;
        Assert.Equal("z", Assert.Single(granted).Job.Tenant);
        Assert.Equal(3, bench.Dispatcher.GetStatus().Pools.Single().Running);
    }

    [Fact]
    public void Recover_OfASiloThatIsDead_ExpiresAtOnce()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var job = bench.Job();
        Recover(bench, "gone", job, token: 7, isDead: true);
        Assert.Equal(bench.Now, bench.Dispatcher.NextWakeAt(bench.Now));
        var expiring = Assert.Single(bench.Dispatcher.Tick(bench.Now));
        Assert.Equal(("gone", (long?)7), (expiring.Silo, expiring.LeaseToken));
        bench.Dispatcher.LeaseExpired(job.Id, expiring.Lease.Id, job, bench.Now);
        Assert.Single(bench.Ask("a", 1));
    }

    [Fact]
    public void Recover_OfASiloThatIsNotKnown_LeavesItALeasesTimeToSpeak()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var (newcomers, strangers) = (OldLease(bench.Job()), bench.Job());
        Recover(bench, "newcomer", newcomers.Job, token: 7);
        Recover(bench, "stranger", strangers, token: 8);
        Assert.Empty(bench.Dispatcher.Tick(bench.Now));

        bench.Now += new DispatcherOptions().LeaseTimeout / 2;
        Exchange(bench, "newcomer", held: [new HeldLease(newcomers, 7)]);
        bench.Now += new DispatcherOptions().LeaseTimeout / 2;

        Assert.Equal("stranger", Assert.Single(bench.Dispatcher.Tick(bench.Now)).Silo);
    }

    [Fact]
    public void Recover_OfALeasedJob_ChangesNothing()
    {
        var bench = new Bench(epoch: 2);
        var waiting = bench.Add();
        bench.Ask("a", 1);
        Recover(bench, "gone", waiting, token: 1, isDead: true);
        Assert.Empty(bench.Dispatcher.Tick(bench.Now));
        Assert.Equal(1, bench.Dispatcher.Running);
    }

    [Fact]
    public void Recover_OfAJobThatWaitsHere_TakesItFromTheDeadSiloThatStartedIt()
    {
        var bench = new Bench(epoch: 2);
        var tomorrow = bench.Add(dueIn: 86_400, state: JobState.Scheduled);
        Assert.False(bench.Dispatcher.KnowsAll(new JobCounts { Running = 1 }));

        Recover(bench, "gone", tomorrow, token: 1, isDead: true);

        Assert.Equal((1, 0), (bench.Dispatcher.Running, bench.Dispatcher.WaitingInMemory));
        Assert.Single(bench.Dispatcher.Tick(bench.Now));
        Assert.True(bench.Dispatcher.KnowsAll(new JobCounts { Running = 1 }));
    }

    [Fact]
    public void KnowsAll_CountsWhatIsLeasedAndWhatWaitsInMemory()
    {
        var bench = new Bench();
        bench.AddMany(2);
        bench.Ask("a", 1);

        Assert.True(bench.Dispatcher.KnowsAll(new JobCounts { Running = 1, Queued = 1, Succeeded = 9 }));
        Assert.False(bench.Dispatcher.KnowsAll(new JobCounts { Running = 1, Queued = 1, Scheduled = 1 }));
    }

    [Fact]
    public void Renew_OfARecoveredLease_TakesItsOldIdentity()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var old = OldLease(bench.Job());
        Recover(bench, "a", old.Job, token: 7);
        Assert.Null(Exchange(bench, "a", held: [new HeldLease(old, 7)]));
        Assert.Equal(1, bench.Dispatcher.Running);
        Exchange(bench, "a", completions: [bench.Completion(old)]);
        Assert.Equal(0, bench.Dispatcher.Running);
    }

    [Fact]
    public void Renew_OfARecoveredLease_WithAnOlderToken_IsAnsweredLost()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var old = OldLease(bench.Job());
        Recover(bench, "a", old.Job, token: 7);
        Exchange(bench, "a", held: [new HeldLease(old, 6)]);
        Assert.Equal([old.Id], bench.Dispatch().Single().Lost);
        Assert.Equal(1, bench.Dispatcher.Running);
    }

    [Fact]
    public void Complete_OfARecoveredLease_BeforeItWasNamed_FreesIt()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var old = OldLease(bench.Job());
        Recover(bench, "a", old.Job, token: 7);
        var reply = Exchange(bench, "a", knownEpoch: 1, completions: [bench.Completion(old, JobState.Retrying)]);
        Assert.True(reply!.HeldWanted);
        Assert.Equal((0, 1), (bench.Dispatcher.Running, bench.Dispatcher.WaitingInMemory));
    }

    [Fact]
    public void Complete_OfARecoveredLease_ByAnotherSilo_IsIgnored()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a", "b"]);
        var old = OldLease(bench.Job());
        Recover(bench, "a", old.Job, token: 7);
        Exchange(bench, "b", held: [], completions: [bench.Completion(old)]);
        Assert.Equal(1, bench.Dispatcher.Running);
    }

    [Fact]
    public void Complete_OfAnUnknownLeaseOfAnEarlierLife_ThatWaits_WantsReconciling()
    {
        var bench = new Bench(epoch: 2);
        Exchange(bench, "a", held: [], completions: [bench.Completion(OldLease(bench.Job()), JobState.Retrying)]);
        Assert.True(bench.Dispatcher.ReconcileWanted);
    }

    [Fact]
    public void Renew_OfALeaseThatTheStoreDidNotKnow_IsAdopted()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 1 }, epoch: 2, activeSilos: ["a"]);
        var old = OldLease(bench.Add());
        bench.Add();
        Exchange(bench, "a", held: [new HeldLease(old, null)]);
        Assert.Empty(bench.Dispatch());
        Assert.Equal((1, 1), (bench.Dispatcher.Running, bench.Dispatcher.WaitingInMemory));
        Exchange(bench, "a", completions: [bench.Completion(old)]);
        Assert.Single(bench.Dispatch().Single().Leases);
    }

    [Fact]
    public void Renew_OfAnUnknownLease_AfterTheSiloHasSpoken_IsAnsweredLost()
    {
        var bench = new Bench(epoch: 2);
        var old = OldLease(bench.Job());
        Exchange(bench, "a", held: []);
        Exchange(bench, "a", held: [new HeldLease(old, null)]);
        Assert.Equal([old.Id], bench.Dispatch().Single().Lost);
        Assert.Equal(0, bench.Dispatcher.Running);
    }

    [Fact]
    public void Renew_OfALeaseThatEndsInTheSameExchange_IsNotAdopted()
    {
        var bench = new Bench(epoch: 2);
        var old = OldLease(bench.Job());
        Exchange(bench, "a", held: [new HeldLease(old, null)], completions: [bench.Completion(old)]);
        Assert.Equal(0, bench.Dispatcher.Running);
    }

    [Fact]
    public void Renew_OfALeaseOfALaterLife_IsLeftAlone()
    {
        var bench = new Bench(epoch: 2);
        var later = OldLease(bench.Job()) with { Id = new LeaseId(3, 1) };
        Exchange(bench, "a", held: [new HeldLease(later, 1)]);
        Assert.Empty(bench.Dispatch());
        Assert.Equal(0, bench.Dispatcher.Running);
    }

    [Fact]
    public void Renew_OfALeaseOfALaterLife_EndsThisLife()
    {
        var bench = new Bench(epoch: 2, activeSilos: ["a"]);
        var later = OldLease(bench.Job()) with { Id = new LeaseId(3, 1) };
        Recover(bench, "a", later.Job, token: 7);
        bench.Add();
        for (var renewal = 0; renewal < 10; renewal++)
        {
            Exchange(bench, "a", knownEpoch: 3, held: [new HeldLease(later, 7)]);
            Assert.Empty(bench.Dispatcher.Tick(bench.Now));
            Assert.Empty(bench.Dispatcher.Dispatch(bench.Now));
            bench.Now += new DispatcherOptions().LeaseTimeout / 3;
        }

        Assert.Empty(bench.Dispatcher.SiloLost("a", bench.Now));
        Assert.True(bench.Dispatcher.IsSuperseded);
    }

    [Fact]
    public void Exchange_OfASiloThatKnowsALaterLife_EndsThisLife()
    {
        var bench = new Bench(epoch: 2);
        Exchange(bench, "a", knownEpoch: 2);
        Assert.False(bench.Dispatcher.IsSuperseded);
        Exchange(bench, "b", knownEpoch: 3);
        Assert.True(bench.Dispatcher.IsSuperseded);
    }

    private static JobLease OldLease(WaitingJob job) => new(new LeaseId(1, 99), "email", job, Bench.Start);

    private static void Recover(Bench bench, string silo, WaitingJob job, long token, bool isDead = false) =>
        bench.Dispatcher.Recover(job.Id, silo, isDead, token, job, bench.Now, bench.Now);

    private static ExchangeReply? Exchange(
        Bench bench, string silo, long knownEpoch = 2, HeldLease[]? held = null, LeaseCompletion[]? completions = null) =>
        bench.Dispatcher.Exchange(
            new ExchangeRequest { Silo = silo, KnownEpoch = knownEpoch, Permits = 10, Held = held, Completions = completions ?? [] },
            bench.Now);
}
