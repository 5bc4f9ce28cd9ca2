using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class AddTests
{
    [Fact]
    public void Add_OfAJobThatWaits_ChangesNothing()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Dispatcher.Add(job, bench.Now);
        Assert.Equal(1, bench.Dispatcher.WaitingInMemory);
        Assert.Single(bench.Ask("a", 5));
    }

    [Fact]
    public void Add_OfALeasedJob_DoesNotLeaseItTwice()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 5);
        bench.Dispatcher.Add(job, bench.Now);
        Assert.Empty(bench.Ask("a", 5));
        Assert.Empty(bench.Ask("a", 5, bench.Finish("a")));
    }

    [Fact]
    public void Add_WithAnEarlierTime_MovesTheJob()
    {
        var bench = new Bench();
        var job = bench.Add(dueIn: 60, state: JobState.Scheduled);
        bench.Dispatcher.Add(job with { DueAt = bench.Now, State = JobState.Queued }, bench.Now);
        Assert.Equal(job.Id, Assert.Single(bench.Ask("a", 5)).Id);
        Assert.Equal(0, bench.Dispatcher.WaitingInMemory);
    }

    [Fact]
    public void Add_WithALaterTime_MovesTheJob()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Dispatcher.Add(job with { DueAt = bench.Now.AddSeconds(60), State = JobState.Scheduled }, bench.Now);
        Assert.Empty(bench.Ask("a", 5));
        bench.Now += TimeSpan.FromSeconds(60);
        Assert.Single(bench.Dispatch());
    }

    [Fact]
    public void Add_WhileLeased_AfterItWasRetriedByHand_RunsAgainAfterTheLease()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 5);
        bench.Now += TimeSpan.FromSeconds(1);
        bench.Dispatcher.Add(job with { DueAt = bench.Now }, bench.Now);
        Assert.Equal(job.Id, Assert.Single(bench.Ask("a", 5, bench.Finish("a", JobState.DeadLettered))).Id);
    }

    [Fact]
    public void Add_OfAJobThatDoesNotWait_IsIgnored()
    {
        var bench = new Bench();
        bench.Add(state: JobState.Succeeded);
        Assert.Equal(0, bench.Dispatcher.WaitingInMemory);
    }

    [Fact]
    public void Withdraw_OfAWaitingJob_TakesItOut()
    {
        var bench = new Bench();
        var due = bench.Add();
        var later = bench.Add(dueIn: 5);
        bench.Dispatcher.Withdraw(due.Id);
        bench.Dispatcher.Withdraw(later.Id);
        bench.Dispatcher.Withdraw(later.Id);
        Assert.Equal(0, bench.Dispatcher.WaitingInMemory);
        Assert.Empty(bench.Ask("a", 5));
        Assert.Equal(2, bench.Dispatcher.GetStatus().Finished);
    }

    [Fact]
    public void Withdraw_OfALeasedJob_LeavesTheLease()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 5);
        bench.Dispatcher.Withdraw(job.Id);
        Assert.Equal(1, bench.Dispatcher.Running);
        Assert.Empty(bench.Ask("a", 5, bench.Finish("a", JobState.Cancelled)));
        Assert.Equal(0, bench.Dispatcher.Running);
    }

    [Fact]
    public void RequestStop_OfARunningJob_IsPassedOnAndRepeatedWithEachRenewal()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        var lease = bench.Held("a").Single().Id;
        bench.Report("a", 1);
        bench.Dispatcher.RequestStop(job.Id);
        bench.Dispatcher.RequestStop(job.Id);
        Assert.Equal([new StopOrder(lease, null)], bench.Dispatch().Single().Stops);
        bench.Renew("a", 1);
        Assert.Equal([new StopOrder(lease, null)], bench.Dispatch().Single().Stops);
    }

    [Fact]
    public void RequestStop_OfAnEarlierAttempt_NamesIt_AndIsDroppedOnceAnotherIsKnownToRun()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 1);
        var lease = bench.Held("a").Single();
        bench.Report("a", 1);
        bench.Dispatcher.RequestStop(job.Id, leaseToken: 4);
        Assert.Equal([new StopOrder(lease.Id, 4)], bench.Dispatch().Single().Stops);

        bench.Dispatcher.Exchange(
            new ExchangeRequest { Silo = "a", KnownEpoch = 1, Permits = 1, Held = [new HeldLease(lease, 5)] }, bench.Now);
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void RequestStop_OfAJobThatDoesNotRun_DoesNothing()
    {
        var bench = new Bench();
        bench.Renew("a", 0);
        bench.Dispatcher.RequestStop(bench.Add().Id);
        Assert.Empty(bench.Dispatch());
    }

    [Fact]
    public void Tenants_WithoutJobsAndLeases_AreForgotten()
    {
        var bench = new Bench();
        var waiting = new WaitingJobs(new DispatcherOptions(), new JobClassSettings(), bench.Now);
        for (var i = 0; i < 100; i++)
        {
            var job = bench.Job("t" + i);
            waiting.Put(job, bench.Now);
            var leased = waiting.Backlog.Occupy(job.Tenant, bench.Now);
            waiting.Remove(job.Id);
            Assert.Same(leased, Assert.Single(waiting.Backlog.Tenants));
            waiting.Backlog.Vacate(leased, bench.Now);
            Assert.Empty(waiting.Backlog.Tenants);
        }
    }
}
