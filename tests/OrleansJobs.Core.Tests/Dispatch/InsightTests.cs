using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class InsightTests
{
    private readonly Bench _bench = new(new JobClassSettings { MaxConcurrentJobsPerTenant = 2, Rate = Rate.Unlimited });

    [Fact]
    public void Start_CountsAtItsGrant_WithTheWaitFromDueToThen()
    {
        _bench.Add("acme");
        After(3);
        _bench.Ask("a", 4);

        var history = Show();

        Assert.Equal(1, history.Points.Sum(point => point.Started));
        Assert.Equal((1, TimeSpan.FromSeconds(3)), (history.Wait.Count, history.Wait.Max));
        Assert.Equal(1, Tenant("acme").Started);
    }

    [Fact]
    public void Lease_ThatIsGivenBack_WasNoStart()
    {
        _bench.Add("acme");
        _bench.Ask("a", 4);
        After(1);
        var lease = _bench.Held("a")[0];
        _bench.Report("a", 0, _bench.Completion(lease, JobState.Queued, started: false));

        Assert.Equal(0, Show().Points.Sum(point => point.Started));
        Assert.Equal(0, Tenant("acme").Started);
    }

    [Fact]
    public void End_TellsRunTime_Failure_AndWhetherTheJobIsFinished()
    {
        _bench.AddMany(2, "acme");
        _bench.Ask("a", 4);
        After(7);
        var leases = _bench.Held("a");
        var failure = _bench.Completion(leases[0], JobState.Retrying, dueIn: 60) with { Error = new JobError("Timeout", "late") };
        _bench.Report("a", 4, failure, _bench.Completion(leases[1]));

        var history = Show();

        Assert.Equal((2, 1, 1), Sum(history, point => (point.Ended, point.Failed, point.Finished)));
        Assert.Equal(2, history.Run.Count);
        var group = Assert.Single(_bench.Dispatcher.GetErrors());
        Assert.Equal(("Timeout", "late", 1, leases[0].Job.Id), (group.Type, group.Message, group.Count, group.LastJob));
    }

    [Fact]
    public void LeaseThatRunsOutAfterItsStart_IsAnEndWithoutARunTime()
    {
        _bench.Add("acme");
        _bench.Ask("a", 4);
        var lease = _bench.Held("a")[0];
        _bench.Dispatcher.Exchange(
            new ExchangeRequest { Silo = "a", KnownEpoch = 1, Permits = 4, Held = [new HeldLease(lease, 1)] }, _bench.Now);
        After(100);
        var expiring = Assert.Single(_bench.Dispatcher.Tick(_bench.Now));
        _bench.Dispatcher.LeaseExpired(expiring.Lease.Job.Id, expiring.Lease.Id, null, _bench.Now);

        var history = Show();

        Assert.Equal((1, 1), Sum(history, point => (point.Started, point.Ended)));
        Assert.Equal(0, history.Run.Count);
    }

    [Fact]
    public void Arrivals_AreThoseThatAreTold_NotWhatIsAnnouncedAgain()
    {
        var job = _bench.Add();
        _bench.Dispatcher.Count(arrived: 1, finished: 0, _bench.Now);
        _bench.Dispatcher.Add(job, _bench.Now);
        _bench.Dispatcher.Reconcile(_bench.Now);
        Assert.Equal((1, 0), Sum(Show(), point => (point.Arrived, point.Finished)));
    }

    [Fact]
    public void Load_IsAveragedOverWhatWas()
    {
        _bench.AddMany(6, "acme");
        _bench.Ask("a", 4);
        After(5);
        _bench.Report("a", 8);
        _bench.Dispatch();
        After(5);

        var points = Show().Points;

        Assert.Equal((4, 2, 4), (points[0].Waiting, points[0].Running, points[0].Permits));
        Assert.Equal(8, points[1].Permits);
    }

    [Fact]
    public void Load_OfDrainingAndLostSilos_IsNone()
    {
        _bench.Ask("a", 4);
        _bench.Ask("b", 3);
        _bench.Renew("a", 0, draining: true);
        _bench.Dispatch();
        Assert.Equal(VerdictKind.KeepsUp, Show().Verdict.Kind);

        _bench.Dispatcher.SiloLost("b", _bench.Now);
        Assert.Equal(VerdictKind.NoSilo, Show().Verdict.Kind);
    }

    [Fact]
    public void SlotsTaken_IsPoolLimited()
    {
        _bench.AddMany(2, "acme");
        _bench.AddMany(2, "beta");
        _bench.Ask("a", 2);
        After(2);
        Assert.Equal(VerdictKind.PoolLimited, Show().Verdict.Kind);
    }

    [Fact]
    public void EveryTenantAtItsLimit_IsTenantCapped()
    {
        _bench.AddMany(3, "acme");
        _bench.AddMany(3, "beta");
        _bench.Ask("a", 9);
        After(2);
        Assert.Equal(VerdictKind.TenantCapped, Show().Verdict.Kind);
    }

    [Fact]
    public void OneTenantAtItsLimit_IsNotWhatHoldsTheOthers()
    {
        _bench.AddMany(3, "acme");
        _bench.AddMany(3, "beta");
        _bench.Ask("a", 3);
        After(2);
        Assert.Equal(VerdictKind.PoolLimited, Show().Verdict.Kind);
    }

    [Fact]
    public void RateUsedUp_IsRateLimited()
    {
        _bench.Dispatcher.Apply(new JobClassSettings { Rate = Rate.PerMinute(1) }, _bench.Now);
        _bench.AddMany(3);
        _bench.Ask("a", 9);
        After(2);
        Assert.Equal(VerdictKind.RateLimited, Show().Verdict.Kind);
    }

    [Fact]
    public void Pause_IsPaused()
    {
        _bench.Dispatcher.Apply(new JobClassSettings { Paused = true }, _bench.Now);
        Assert.Equal(VerdictKind.Paused, Show().Verdict.Kind);
    }

    [Theory]
    [InlineData(true, VerdictKind.DownstreamSlows)]
    [InlineData(false, VerdictKind.PoolLimited)]
    public void AFloodAfterQuietTimes_ShowsWhetherTheDownstreamSlows(bool contended, VerdictKind expected)
    {
        var bench = new Bench();
        for (var quiet = 0; quiet < 10; quiet++)
        {
            Run(bench, 1, seconds: 0.5);
        }

        bench.AddMany(64);
        for (var flood = 0; flood < 3; flood++)
        {
            Run(bench, 16, seconds: contended ? 8 : 0.5);
        }

        bench.Ask("a", 16);
        bench.Now = bench.Now.AddSeconds(2);

        Assert.Equal(expected, bench.Dispatcher.GetHistory(64, bench.Now).Verdict.Kind);
    }

    [Fact]
    public void Tenants_AreTheBusiest_WithThoseThatHaveNothingWaitingAnyMore()
    {
        _bench.AddMany(2, "gone");
        _bench.Ask("a", 9);
        _bench.Ask("a", 9, _bench.Finish("a"));
        _bench.AddMany(5, "busy");
        _bench.Add("quiet");

        Assert.Equal(
            ["busy 5 0 0", "gone 0 0 2", "quiet 1 0 0"],
            _bench.Dispatcher.GetTenants(_bench.Now).Select(use => $"{use.Tenant} {use.Waiting} {use.Running} {use.Started}"));
    }

    [Fact]
    public void Tenants_AreBounded()
    {
        for (var n = 0; n < 2 * InsightLimits.MaxTenantsShown; n++)
        {
            _bench.AddMany(1 + n, $"tenant-{n}");
        }

        var shown = _bench.Dispatcher.GetTenants(_bench.Now);

        Assert.Equal(InsightLimits.MaxTenantsShown, shown.Count);
        Assert.Equal("tenant-199", shown[0].Tenant);
    }

    private static (int First, int Second) Sum(JobClassHistory history, Func<HistoryPoint, (int First, int Second)> of) =>
        (history.Points.Sum(point => of(point).First), history.Points.Sum(point => of(point).Second));

    private static (int First, int Second, int Third) Sum(JobClassHistory history, Func<HistoryPoint, (int First, int Second, int Third)> of) =>
        (history.Points.Sum(point => of(point).First), history.Points.Sum(point => of(point).Second), history.Points.Sum(point => of(point).Third));

    /// <summary>Fills so many slots and ends all of them after that time, as the silo measures it.</summary>
    private static void Run(Bench bench, int slots, double seconds)
    {
        bench.AddMany(slots);
        bench.Ask("a", slots);
        bench.Now = bench.Now.AddSeconds(seconds);
        bench.Report("a", slots, [.. bench.Finish("a").Select(ended => ended with { RunTime = TimeSpan.FromSeconds(seconds) })]);
        bench.Dispatcher.Exchange(new ExchangeRequest { Silo = "a", KnownEpoch = 1, Permits = 0 }, bench.Now);
    }

    private void After(double seconds) => _bench.Now = _bench.Now.AddSeconds(seconds);

    private JobClassHistory Show() => _bench.Dispatcher.GetHistory(10, _bench.Now);

    private TenantUse Tenant(string name) => _bench.Dispatcher.GetTenants(_bench.Now).Single(use => use.Tenant == name);
}
