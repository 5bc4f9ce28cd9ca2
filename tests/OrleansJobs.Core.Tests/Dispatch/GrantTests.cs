using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class GrantTests
{
    [Fact]
    public void Dispatch_InOneTenant_GoesByPriorityThenDueTimeThenId()
    {
        var bench = new Bench();
        var third = bench.Add(dueIn: -1);
        var fourth = bench.Add();
        var fifth = bench.Add();
        var second = bench.Add(priority: 9);
        var first = bench.Add(priority: 9, dueIn: -2);
        Assert.Equal([first, second, third, fourth, fifth], bench.Ask("a", 5));
    }

    [Fact]
    public void Dispatch_GivesASiloItsFreePermitsOnly()
    {
        var bench = new Bench();
        bench.AddMany(10);
        Assert.Equal(3, bench.Ask("a", 3).Count);
        Assert.Empty(bench.Ask("a", 3));
        Assert.Equal(2, bench.Ask("a", 5).Count);
        Assert.Equal(5, bench.Ask("a", 5, bench.Finish("a")).Count);
    }

    [Fact]
    public void Dispatch_WithFewerPermitsThanLeases_GivesNothingUntilTheyEnd()
    {
        var bench = new Bench();
        bench.AddMany(10);
        bench.Ask("a", 4);
        Assert.Empty(bench.Ask("a", 2));
        Assert.Equal(2, bench.Ask("a", 2, bench.Finish("a")).Count);
    }

    [Fact]
    public void Dispatch_GivesEachJobToTheSiloWithMostFreePermits()
    {
        var bench = new Bench();
        bench.Renew("small", 2);
        bench.Renew("large", 6);
        bench.AddMany(4);
        var orders = bench.Dispatch();
        Assert.Equal("large", Assert.Single(orders).Silo);

        bench.Renew("large", 6);
        bench.AddMany(4);
        Assert.Equal([2, 2], bench.Dispatch().Select(order => order.Leases.Count));
    }

    [Fact]
    public void Dispatch_AmongEqualSilos_TakesTurns()
    {
        var bench = new Bench();
        bench.Renew("a", 2);
        bench.Renew("b", 2);
        bench.Renew("c", 2);
        bench.AddMany(3);
        Assert.Equal([1, 1, 1], bench.Dispatch().Select(order => order.Leases.Count));
    }

    [Fact]
    public void Dispatch_ToASiloThatWasAnswered_WaitsForItsNextExchange()
    {
        var bench = new Bench();
        bench.Renew("a", 5);
        bench.Add();
        Assert.Single(bench.Dispatch());
        bench.Add();
        Assert.Empty(bench.Dispatch());
        Assert.Single(bench.Ask("a", 5));
    }

    [Fact]
    public void Dispatch_AfterThePollTimedOut_GivesNothing()
    {
        var bench = new Bench();
        bench.Renew("a", 5);
        var reply = bench.Dispatcher.Reply("a");
        Assert.Empty(reply.Leases);
        Assert.Equal(1, reply.Epoch);
        bench.Add();
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void Dispatch_ToADrainingSilo_GivesNothing()
    {
        var bench = new Bench();
        bench.Add();
        bench.Renew("a", 5, draining: true);
        Assert.Empty(bench.Dispatch());
        bench.Renew("b", 5);
        Assert.Equal("b", Assert.Single(bench.Dispatch()).Silo);
    }

    [Fact]
    public void Dispatch_GivesOneSiloNoMoreThanTheGrantLimitAtOnce()
    {
        var bench = new Bench(options: new DispatcherOptions { MaxGrantsPerExchange = 3 });
        bench.AddMany(10);
        Assert.Equal(3, bench.Ask("a", 100).Count);
        Assert.Equal(3, bench.Ask("a", 100).Count);
    }

    [Fact]
    public void Dispatch_WhilePaused_GivesNothingAndLosesNothing()
    {
        var bench = new Bench(new JobClassSettings { Paused = true });
        bench.AddMany(2);
        Assert.Empty(bench.Ask("a", 5));
        bench.Dispatcher.Apply(new JobClassSettings { Revision = 1 }, bench.Now);
        Assert.Equal(2, bench.Dispatch().Single().Leases.Count);
    }

    [Fact]
    public void Dispatch_KeepsTheClassCapAcrossSilos()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 3 });
        bench.AddMany(10);
        bench.Renew("a", 5);
        bench.Renew("b", 5);
        Assert.Equal(3, bench.Dispatch().Sum(order => order.Leases.Count));
        Assert.Empty(bench.Ask("c", 5));
        var freed = bench.Held("a").Count;
        bench.Renew("a", 5, completions: bench.Finish("a"));
        Assert.Equal(freed, bench.Dispatch().Sum(order => order.Leases.Count));
    }

    [Fact]
    public void Dispatch_OfACappedTenant_SkipsItAndServesTheOthers()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobsPerTenant = 2 });
        bench.AddMany(10, "noisy");
        bench.AddMany(3, "quiet");
        var granted = bench.Ask("a", 100);
        Assert.Equal(2, granted.Count(job => job.Tenant == "noisy"));
        Assert.Equal(2, granted.Count(job => job.Tenant == "quiet"));
        Assert.Equal(3, bench.Ask("a", 100, bench.Finish("a")).Count);
    }

    [Fact]
    public void Dispatch_AfterTheTenantCapIsLifted_ServesTheTenant()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobsPerTenant = 1 });
        bench.AddMany(3, "t");
        Assert.Single(bench.Ask("a", 5));
        bench.Dispatcher.Apply(new JobClassSettings(), bench.Now);
        Assert.Equal(2, bench.Ask("a", 5).Count);
    }

    [Fact]
    public void Dispatch_UnderARate_StartsWithoutABurstAndKeepsTheRate()
    {
        var bench = new Bench(new JobClassSettings { Rate = Rate.PerSecond(2, burst: 1) });
        bench.AddMany(10);
        Assert.Empty(bench.Ask("a", 100));
        Assert.Equal(bench.Now.AddSeconds(0.5), bench.Dispatcher.NextWakeAt(bench.Now));
        bench.Now += TimeSpan.FromSeconds(0.5);
        Assert.Single(bench.Dispatch().Single().Leases);
        bench.Now += TimeSpan.FromSeconds(5);
        Assert.Single(bench.Ask("a", 100));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Completion_OfALeaseThatWasNotStarted_GivesItsTokenBack(bool started, int granted)
    {
        var bench = new Bench(new JobClassSettings { Rate = Rate.PerSecond(1) });
        bench.AddMany(2);
        bench.Now = bench.Now.AddSeconds(1);
        Assert.Single(bench.Ask("a", 5));
        var lease = bench.Held("a").Single();
        bench.Forget("a");
        Assert.Equal(granted, bench.Ask("a", 5, bench.Completion(lease, JobState.Queued, started: started)).Count);
    }

    [Fact]
    public void Dispatch_OfAJobThatIsNotDue_WaitsForItsTime()
    {
        var bench = new Bench();
        var job = bench.Add(dueIn: 10, state: JobState.Scheduled);
        bench.Renew("a", 1);
        Assert.Equal(job.DueAt, bench.Dispatcher.NextWakeAt(bench.Now));
        bench.Now = job.DueAt.AddTicks(-1);
        Assert.Empty(bench.Dispatch());
        bench.Now = job.DueAt;
        Assert.Equal(job, Assert.Single(bench.Dispatch().Single().Leases).Job);
    }

    [Fact]
    public void Apply_AnswersSilosThatListen_SoThatTheyLearnTheLimits()
    {
        var bench = new Bench();
        bench.Renew("a", 5);
        bench.Dispatcher.Apply(new JobClassSettings { Revision = 7, MaxLocalWorkers = 9 }, bench.Now);
        var orders = Assert.Single(bench.Dispatch());
        Assert.Equal(9, bench.Dispatcher.Reply(orders).Settings.MaxLocalWorkers);
        Assert.Empty(orders.Leases);
    }

    /// <summary>Whoever catches up with the store applies what it finds; an agent that is answered with nothing pauses before it asks again.</summary>
    [Fact]
    public void Apply_OfLimitsInForce_AnswersNobody()
    {
        var bench = new Bench();
        bench.Dispatcher.Apply(Weighted(2), bench.Now);
        bench.Renew("a", 5);
        bench.Dispatch();

        bench.Dispatcher.Apply(Weighted(2), bench.Now);
        Assert.Empty(bench.Dispatch());
        bench.Dispatcher.Apply(Weighted(3), bench.Now);
        Assert.Single(bench.Dispatch());

        static JobClassSettings Weighted(int weight) =>
            new() { Revision = 7, TenantWeights = new Dictionary<string, int> { ["acme"] = weight } };
    }

    [Fact]
    public void Apply_OfTheSameRevision_AnswersNobody()
    {
        var bench = new Bench();
        bench.Renew("a", 5);
        bench.Dispatcher.Apply(new JobClassSettings(), bench.Now);
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void Options_OutOfRange_AreNamedAllAtOnce()
    {
        var options = new DispatcherOptions { MaxWindow = 0, PageSize = 0, LeaseTimeout = TimeSpan.Zero };
        var error = Assert.Throws<InvalidOptionsException>(() => new Bench(options: options));
        Assert.Equal(3, error.Faults.Count);
        Assert.Contains("DispatcherOptions.MaxWindow is 0; it has to be from 1 to 1000000.", error.Faults);
    }
}
