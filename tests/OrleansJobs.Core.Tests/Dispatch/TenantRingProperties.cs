using FsCheck;
using FsCheck.Fluent;
using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>More tenants than fit into memory share by weight all the same, and none is forgotten (I4, I8).</summary>
public sealed class TenantRingProperties
{
    private const int MaxTenants = 8;
    private const int Permits = 3;
    private const int Revolutions = 12;

    private static readonly Gen<RingLoad> Loads =
        from weights in Gen.Choose(1, 4).ArrayOf(3 * MaxTenants)
        from tenants in Gen.Choose(MaxTenants + 1, 3 * MaxTenants)
        from dearest in Gen.Choose(1, 6)
        from latency in Gen.Choose(0, 2)
        select new RingLoad(weights[..tenants], dearest, latency);

    [Fact]
    public void Tenants_MoreThanFit_ShareByWeightOverTheRevolutions() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Arb.From(Loads), ShareByWeight));

    [Fact]
    public void Backlog_OfManyTenants_RunsEachJobOnceInTheOrderOfItsTenant()
    {
        var ring = new RingBench(Enumerable.Repeat(1, 50).ToArray(), MaxTenants);
        var jobs = Enumerable.Range(0, 1_000).Select(number => ring.Insert($"t{number % 50:00}", announced: number % 3 > 0)).ToList();
        ring.Begin();

        var granted = new List<WaitingJob>();
        while (granted.Count < jobs.Count)
        {
            var next = ring.Step(Permits);
            Assert.NotEmpty(next);
            granted.AddRange(next);
        }

        Assert.Empty(ring.Step(Permits));
        foreach (var tenant in jobs.GroupBy(job => job.Tenant))
        {
            Assert.Equal(tenant, granted.Where(job => job.Tenant == tenant.Key));
        }
    }

    [Fact]
    public void Ring_WhoseTenantsAllFitAgain_StopsReadingNames()
    {
        var ring = new RingBench(Enumerable.Repeat(1, 20).ToArray(), MaxTenants);
        for (var tenant = 0; tenant < 20; tenant++)
        {
            ring.Insert($"t{tenant:00}", announced: true);
        }

        ring.Begin();
        Assert.True(ring.Status.MoreTenants);
        while (ring.Step(Permits).Count > 0)
        {
        }

        ring.Step(Permits);
        Assert.False(ring.Status.MoreTenants);
        Assert.Equal(0, ring.Status.WaitingTenants);
        var read = ring.NamePages;
        ring.Insert("t00", announced: true);
        Assert.Single(ring.Step(Permits));
        Assert.Equal(read, ring.NamePages);
    }

    [Fact]
    public void Names_ThatCannotBeRead_AreAskedForAgain()
    {
        var bench = new Bench(options: new DispatcherOptions { MaxTenants = 1 });
        bench.Add("a");
        var other = bench.Add("b");
        Assert.Single(bench.Ask("s", 1));
        var request = Assert.IsType<TenantsPage>(bench.Dispatcher.NextPage());
        bench.Dispatcher.PageFailed(request, bench.Now);
        Assert.Null(bench.Dispatcher.NextPage());

        bench.Now += TimeSpan.FromSeconds(1);
        bench.Dispatcher.Tick(bench.Now);
        request = Assert.IsType<TenantsPage>(bench.Dispatcher.NextPage());
        bench.Dispatcher.AcceptTenants(request, ["b"], bench.Now);
        bench.Dispatcher.AcceptPage(bench.Dispatcher.NextPage()!, [other], bench.Now);

        Assert.Equal([other], bench.Ask("s", 2));
    }

    /// <summary>
    /// In a stay of S rounds a tenant of weight w spends at most Sw, and what it leaves unspent stays under its dearest job, which S allows it
    /// eight times: an eighth. Between two tenants there may be one stay more or less, out of as many as there were revolutions. And while names
    /// and jobs are read the slots are not left free: those whose stay is over go on.
    /// </summary>
    private static void ShareByWeight(RingLoad load)
    {
        var ring = new RingBench(load.Weights, MaxTenants, load.Latency);
        ring.KeepAll(load.Dearest);
        ring.Begin();
        var spent = load.Weights.Select((_, tenant) => $"t{tenant:00}").ToDictionary(name => name, _ => 0L);
        var stay = 8 * load.Dearest;
        var wanted = Revolutions * stay * load.Weights.Sum();
        while (spent.Values.Sum() < wanted)
        {
            foreach (var job in ring.Step(Permits))
            {
                spent[job.Tenant] += job.Cost;
            }

            Assert.True(ring.Status.WaitingTenants <= MaxTenants);
        }

        var perWeight = load.Weights.Select((weight, tenant) => spent[$"t{tenant:00}"] / (double)weight / stay).ToArray();
        Assert.All(perWeight, stays => Assert.InRange(stays, perWeight.Average() * 0.7, perWeight.Average() * 1.4));
    }

    private sealed record RingLoad(int[] Weights, int Dearest, int Latency)
    {
        public override string ToString() => $"weights [{string.Join(',', Weights)}], costs to {Dearest}, pages {Latency} steps late";
    }
}
