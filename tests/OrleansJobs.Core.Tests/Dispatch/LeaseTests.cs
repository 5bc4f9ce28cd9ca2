using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class LeaseTests
{
    private static readonly TimeSpan LeaseTimeout = new DispatcherOptions().LeaseTimeout;

    [Fact]
    public void Tick_WhenALeaseIsNotRenewed_HandsItOutOnce()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        Assert.Equal(bench.Now + LeaseTimeout, bench.Dispatcher.NextWakeAt(bench.Now));
        bench.Now += LeaseTimeout;
        var expiring = Assert.Single(bench.Dispatcher.Tick(bench.Now));
        Assert.Equal((job.Id, "a", (long?)null), (expiring.Lease.Job.Id, expiring.Silo, expiring.LeaseToken));
        Assert.Empty(bench.Dispatcher.Tick(bench.Now));
        Assert.Null(bench.Dispatcher.NextWakeAt(bench.Now));
    }

    [Fact]
    public void Tick_WhenALeaseIsRenewed_LeavesIt()
    {
        var bench = new Bench();
        bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout / 2;
        bench.Renew("a", 1);
        bench.Now += LeaseTimeout / 2;
        Assert.Empty(bench.Dispatcher.Tick(bench.Now));
        bench.Now += LeaseTimeout / 2;
        Assert.Single(bench.Dispatcher.Tick(bench.Now));
    }

    [Fact]
    public void Exchange_WithoutHeld_RenewsNothing()
    {
        var bench = new Bench();
        bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout / 2;
        bench.Report("a", 1);
        bench.Now += LeaseTimeout / 2;
        Assert.Single(bench.Dispatcher.Tick(bench.Now));
    }

    [Fact]
    public void ExpiringLease_CountsUntilItIsAnswered()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 1 });
        var job = bench.Add();
        bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout;
        var lease = bench.Dispatcher.Tick(bench.Now).Single().Lease;
        Assert.Empty(bench.Ask("b", 5));
        bench.Report("a", 0);
        bench.Dispatcher.LeaseExpired(job.Id, lease.Id, null, bench.Now);
        bench.Report("a", 0);
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void LeaseExpired_WithTheJobWaitingAgain_PutsItBack()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout;
        var lease = bench.Dispatcher.Tick(bench.Now).Single().Lease;
        var again = job with { State = JobState.Retrying, DueAt = bench.Now.AddSeconds(3) };
        bench.Dispatcher.LeaseExpired(job.Id, lease.Id, again, bench.Now);
        bench.Dispatcher.LeaseExpired(job.Id, lease.Id, again, bench.Now);
        Assert.Empty(bench.Ask("b", 5));
        bench.Now += TimeSpan.FromSeconds(3);
        Assert.Equal(again, bench.Dispatch().Single().Leases.Single().Job);
    }

    [Fact]
    public void Renew_OfAnExpiringLease_IsAnsweredLost()
    {
        var bench = new Bench();
        bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout;
        bench.Dispatcher.Tick(bench.Now);
        bench.Renew("a", 1);
        Assert.Equal(bench.Held("a").Select(lease => lease.Id), bench.Dispatch().Single().Lost);
    }

    [Fact]
    public void Renew_OfALeaseThatAnotherHasNow_IsAnsweredLost()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout;
        var lease = bench.Dispatcher.Tick(bench.Now).Single().Lease;
        bench.Dispatcher.LeaseExpired(job.Id, lease.Id, job, bench.Now);
        Assert.Single(bench.Ask("b", 1));
        bench.Renew("a", 1);
        Assert.Equal([lease.Id], bench.Dispatch().Single(order => order.Silo == "a").Lost);
        Assert.Equal(1, bench.Dispatcher.Running);
    }

    [Fact]
    public void Complete_OfAnExpiringLease_FreesItAndTheAnswerIsIgnored()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        bench.Now += LeaseTimeout;
        var lease = bench.Dispatcher.Tick(bench.Now).Single().Lease;
        bench.Renew("a", 1, completions: bench.Finish("a"));
        Assert.Equal(0, bench.Dispatcher.Running);
        bench.Dispatcher.LeaseExpired(job.Id, lease.Id, null, bench.Now);
        Assert.Equal(0, bench.Dispatcher.Running);
    }

    [Fact]
    public void Complete_Twice_FreesOneSlot()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 2 });
        bench.AddMany(5);
        bench.Ask("a", 2);
        var completion = bench.Completion(bench.Held("a")[0]);
        bench.Report("a", 2, completion, completion);
        Assert.Equal(1, bench.Dispatcher.Running);
        bench.Report("a", 2, completion);
        Assert.Equal(1, bench.Dispatcher.Running);
        Assert.Single(bench.Dispatch().Single().Leases);
    }

    [Fact]
    public void Complete_OfAnOldLeaseOfAJobThatRunsAgain_IsIgnored()
    {
        var bench = new Bench();
        bench.Add();
        bench.Ask("a", 1);
        var old = bench.Finish("a", JobState.Queued);
        Assert.Single(bench.Ask("a", 1, old));
        bench.Report("a", 1, old);
        Assert.Equal(1, bench.Dispatcher.Running);
    }

    [Fact]
    public void Complete_WithAWaitingState_PutsTheJobBackAtItsTime()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        Assert.Empty(bench.Ask("a", 1, bench.Finish("a", JobState.Retrying, dueIn: 10)));
        bench.Now += TimeSpan.FromSeconds(10);
        var granted = bench.Dispatch().Single().Leases.Single().Job;
        Assert.Equal(job with { State = JobState.Retrying, DueAt = bench.Now }, granted);
    }

    [Fact]
    public void Complete_BecauseSomebodyElseRunsTheJob_WantsReconciling()
    {
        var bench = new Bench();
        bench.Add();
        bench.Ask("a", 1);
        bench.Ask("a", 1, bench.Finish("a", JobState.Running));
        Assert.True(bench.Dispatcher.ReconcileWanted);
        bench.Dispatcher.Reconcile(bench.Now);
        Assert.False(bench.Dispatcher.ReconcileWanted);
    }

    [Fact]
    public void SiloLost_HandsOutItsLeasesOnce_AndOnlyIts()
    {
        var bench = new Bench();
        bench.AddMany(5);
        bench.Ask("a", 3);
        bench.Ask("b", 2);
        Assert.Equal(3, bench.Dispatcher.SiloLost("a", bench.Now).Count);
        Assert.Empty(bench.Dispatcher.SiloLost("a", bench.Now));
        bench.Now += LeaseTimeout;
        Assert.All(bench.Dispatcher.Tick(bench.Now), expiring => Assert.Equal("b", expiring.Silo));
        Assert.Equal(5, bench.Dispatcher.Running);
    }

    /// <summary>The authority over a job may be on a silo that has not heard of the death yet; then nothing would count against the job.</summary>
    [Fact]
    public void ExpiringLease_SaysWhetherItsSiloIsDead()
    {
        var bench = new Bench();
        bench.AddMany(2);
        bench.Ask("a", 1);
        bench.Ask("b", 1);
        Assert.True(Assert.Single(bench.Dispatcher.SiloLost("a", bench.Now)).SiloIsDead);
        bench.Now += LeaseTimeout;
        Assert.False(Assert.Single(bench.Dispatcher.Tick(bench.Now)).SiloIsDead);

        var job = bench.Job();
        bench.Dispatcher.Recover(job.Id, "c", siloIsDead: true, 1, job, bench.Now, bench.Now);
        Assert.True(Assert.Single(bench.Dispatcher.Tick(bench.Now)).SiloIsDead);
    }

    [Fact]
    public void SiloLost_SaidAgain_WantsNothingReadAgain()
    {
        var bench = new Bench(activeSilos: "a");
        bench.Dispatcher.SiloLost("a", bench.Now);
        bench.Dispatcher.Reconcile(bench.Now);
        bench.Dispatcher.SiloLost("a", bench.Now);
        Assert.False(bench.Dispatcher.ReconcileWanted);
    }

    [Fact]
    public void Exchange_OfALostSilo_GetsNothingAndLosesAll()
    {
        var bench = new Bench();
        bench.AddMany(5);
        bench.Ask("a", 2);
        bench.Dispatcher.SiloLost("a", bench.Now);
        var reply = bench.Renew("a", 5);
        Assert.Equal(2, reply!.Lost.Count);
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void NextWakeAt_WhenIdle_IsNever()
    {
        var bench = new Bench();
        Assert.Null(bench.Dispatcher.NextWakeAt(bench.Now));
        bench.Ask("a", 5);
        bench.AddMany(3);
        bench.Dispatch();
        bench.Renew("a", 5, completions: bench.Finish("a"));
        bench.Dispatch();
        Assert.Null(bench.Dispatcher.NextWakeAt(bench.Now));
        Assert.Null(bench.Dispatcher.NextPage());
    }

    [Fact]
    public void NextWakeAt_UnderARate_WithoutAListener_IsNever()
    {
        var bench = new Bench(new JobClassSettings { Rate = Rate.PerSecond(1) });
        bench.AddMany(3);
        Assert.Null(bench.Dispatcher.NextWakeAt(bench.Now));
    }

    [Fact]
    public void Status_CountsWhatHappened()
    {
        var bench = new Bench();
        bench.AddMany(4);
        bench.Add(state: JobState.Scheduled);
        bench.Add(state: JobState.Retrying);
        bench.Add(dueIn: 5);
        bench.Ask("a", 4);
        var held = bench.Held("a");
        bench.Report(
            "a",
            0,
            bench.Completion(held[0]),
            bench.Completion(held[1], JobState.Retrying, dueIn: 60),
            bench.Completion(held[2], JobState.Succeeded, started: false));
        var status = bench.Dispatcher.GetStatus();
        Assert.Equal((2, 1, 1), (status.Started, status.Failed, status.Finished));
        Assert.Equal((1, 2, 2), (status.Running, status.Waiting, status.NotDue));
        Assert.Equal((1, 1), (status.DueScheduled, status.DueRetrying));
        Assert.Equal(new PoolStatus("a", 0, 1, false, bench.Now), Assert.Single(status.Pools));
    }

    [Fact]
    public void Status_ForgetsASiloThatFellSilent()
    {
        var bench = new Bench();
        bench.Ask("a", 4);
        bench.Dispatcher.Reply("a");
        bench.Now += 3 * LeaseTimeout;
        bench.Ask("b", 4);
        Assert.Equal("b", Assert.Single(bench.Dispatcher.GetStatus().Pools).Silo);
    }

    [Fact]
    public void Status_KeepsASiloWhosePollWaits()
    {
        var bench = new Bench();
        bench.Ask("a", 4);
        bench.Now += 3 * LeaseTimeout;
        bench.Ask("b", 4);
        Assert.Equal(2, bench.Dispatcher.GetStatus().Pools.Count);
    }
}
