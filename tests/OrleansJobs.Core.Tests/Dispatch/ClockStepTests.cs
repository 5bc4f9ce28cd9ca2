using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>The wall clock is set while a dispatcher lives: jobs become due by it, and no delay gets longer.</summary>
public sealed class ClockStepTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Bench _bench = new();

    [Fact]
    public void ClockSetForward_MakesDueWhatIsDueByIt()
    {
        var job = _bench.Add(dueIn: 1_800);
        Assert.Empty(_bench.Ask("s", 1));

        _bench.Dispatcher.StepClock(Hour, _bench.Now);

        Assert.Equal(job.Id, Assert.Single(_bench.Ask("s", 1)).Id);
    }

    [Fact]
    public void ClockSetForward_TakesNoLease()
    {
        _bench.Add();
        _bench.Ask("s", 1);

        _bench.Dispatcher.StepClock(Hour, _bench.Now);

        Assert.Empty(_bench.Dispatcher.Tick(_bench.Now));
    }

    [Fact]
    public void ClockSetBack_LeavesADelayAsLongAsItWas()
    {
        var job = _bench.Add(dueIn: 5);
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);
        Assert.Equal(_bench.Now.AddSeconds(5), _bench.Dispatcher.NextWakeAt(_bench.Now));

        _bench.Now = _bench.Now.AddSeconds(4.9);
        Assert.Empty(_bench.Ask("s", 1));
        _bench.Now = _bench.Now.AddSeconds(0.1);

        Assert.Equal(job.Id, Assert.Single(_bench.Ask("s", 1)).Id);
    }

    [Fact]
    public void ClockSetBackTwice_LeavesADelayAsLongAsItWas()
    {
        var job = _bench.Add(dueIn: 5);
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);
        _bench.Dispatcher.StepClock(-2 * Hour, _bench.Now);

        _bench.Now = _bench.Now.AddSeconds(5);

        Assert.Equal(job.Id, Assert.Single(_bench.Ask("s", 1)).Id);
    }

    [Fact]
    public void JobThatComesAfterTheClockWasSetBack_IsDueByTheNewTime()
    {
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);
        var job = _bench.Job(dueIn: 5 - 3_600);
        _bench.Dispatcher.Add(job, _bench.Now);
        Assert.Empty(_bench.Ask("s", 1));
        Assert.Equal(_bench.Now.AddSeconds(5), _bench.Dispatcher.NextWakeAt(_bench.Now));

        _bench.Now = _bench.Now.AddSeconds(5);

        Assert.Equal(job.Id, Assert.Single(_bench.Ask("s", 1)).Id);
    }

    [Fact]
    public void JobWhoseTimeWasChangedSince_IsDueByItsNewTime()
    {
        var job = _bench.Add(dueIn: 5);
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);
        _bench.Dispatcher.Add(job with { DueAt = _bench.Now }, _bench.Now);

        _bench.Now = _bench.Now.AddSeconds(5);

        Assert.Empty(_bench.Ask("s", 1));
    }

    [Fact]
    public void ClockThatWasSet_HasTheStoreReadAgain()
    {
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);

        Assert.True(_bench.Dispatcher.ReconcileWanted);
        _bench.Dispatcher.Reconcile(_bench.Now);
        Assert.Equal(_bench.Now - Hour, Assert.IsType<DuePage>(_bench.Dispatcher.NextPage()).AfterDue);
    }

    [Fact]
    public void RateAndLeases_GoOnBySteadyTime()
    {
        var bench = new Bench(new JobClassSettings { Rate = Rate.PerSecond(1) });
        bench.AddMany(3);
        bench.Now = bench.Now.AddSeconds(1);
        Assert.Single(bench.Ask("s", 3));

        bench.Dispatcher.StepClock(-Hour, bench.Now);
        bench.Now = bench.Now.AddSeconds(1);

        Assert.Single(bench.Ask("s", 3));
    }

    [Fact]
    public void WhatIsShown_IsByTheWallClock()
    {
        _bench.Renew("s", 1);
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);

        var status = _bench.Dispatcher.GetStatus();

        Assert.Equal((_bench.Now - Hour, _bench.Now - Hour), (status.Since, Assert.Single(status.Pools).SeenAt));
    }

    [Fact]
    public void JobThatIsNeverDue_BearsAClockThatIsSet()
    {
        _bench.Dispatcher.Add(_bench.Job() with { DueAt = DateTimeOffset.MaxValue }, _bench.Now);
        _bench.Dispatcher.StepClock(-Hour, _bench.Now);

        Assert.NotNull(_bench.Dispatcher.NextWakeAt(_bench.Now));
        Assert.Empty(_bench.Ask("s", 1));
    }
}
