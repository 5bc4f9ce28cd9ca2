using FsCheck;
using FsCheck.Fluent;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>Tenants share the slots of a class by weight, in job cost, and no slot stays free while one of them can use it (I4).</summary>
public sealed class FairnessProperties
{
    private const int MaxCost = 20;
    private const int MaxTenants = 6;
    private const int MaxPermits = 8;
    private const int Exchanges = 400;

    private static readonly Gen<TenantLoad> Loads =
        from weight in Gen.Choose(1, 10)
        from costs in Gen.Choose(1, MaxCost).NonEmptyListOf()
        from priorities in Gen.Choose(0, 9).NonEmptyListOf()
        select new TenantLoad(weight, [.. costs], [.. priorities]);

    private static readonly Gen<SharedClass> Classes =
        from tenants in Gen.Choose(2, MaxTenants)
        from loads in Loads.ArrayOf(tenants)
        from permits in Gen.Choose(1, MaxPermits).NonEmptyListOf()
        select new SharedClass(loads, [.. permits]);

    [Fact]
    public void Tenants_WithEndlessBacklog_AreNeverFurtherFromTheirSharesThanDeficitRoundRobinAllows() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Arb.From(Classes), ShareByWeight));

    [Fact]
    public void Permits_StayFreeOnlyWhileNoTenantCanUseThem()
    {
        var numbers = Arb.From(Gen.Choose(0, 1_000_000).ArrayOf().Resize(300));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(numbers, WasteNothing));
    }

    private static void ShareByWeight(SharedClass shared)
    {
        var weights = shared.Tenants.Select((load, tenant) => (Name: Name(tenant), load.Weight)).ToDictionary(pair => pair.Name, pair => pair.Weight);
        var bench = new Bench(new JobClassSettings { TenantWeights = weights });
        var granted = weights.Keys.ToDictionary(name => name, _ => 0L);
        var added = 0;
        for (var tenant = 0; tenant < shared.Tenants.Length; tenant++)
        {
            for (var job = 0; job <= MaxPermits; job++)
            {
                Add(bench, shared, tenant, added++);
            }
        }

        for (var exchange = 0; exchange < Exchanges; exchange++)
        {
            var permits = shared.Permits[exchange % shared.Permits.Length];
            foreach (var job in bench.Ask("s", permits, bench.Finish("s")))
            {
                granted[job.Tenant] += job.Cost;
                Add(bench, shared, int.Parse(job.Tenant), added++);
            }

            Assert.All(granted, entry => CheckShare(entry.Value, entry.Key, granted.Values.Sum(), weights));
        }
    }

    /// <summary>
    /// Let round R be under way, w a tenant's weight, W the sum of the n weights, C the highest cost. Each round adds w to what a tenant may
    /// spend, and what it saves stays under C, for it spends as soon as it can afford its first job. So, in or out of its turn, it has
    /// spent g with (R - 1)w - (C - 1) &lt;= g &lt;= Rw, and all have spent G with RW - W - n(C - 1) &lt;= G &lt;= RW. Hence
    /// -(w + C - 1) &lt;= g - Gw/W &lt;= w + n(C - 1)w/W, however long it goes on.
    /// </summary>
    private static void CheckShare(long spent, string tenant, long spentByAll, Dictionary<string, int> weights)
    {
        const double Rounding = 1e-6;
        var weight = weights[tenant];
        var part = weight / (double)weights.Values.Sum();
        Assert.InRange(
            spent - (spentByAll * part),
            -(weight + MaxCost - 1) - Rounding,
            weight + (weights.Count * (MaxCost - 1) * part) + Rounding);
    }

    private static void WasteNothing(int[] numbers)
    {
        var settings = new JobClassSettings
        {
            MaxConcurrentJobsPerTenant = numbers.FirstOrDefault() % 4,
            MaxConcurrentJobs = numbers.LastOrDefault() % 3 * 5,
            TenantWeights = Enumerable.Range(0, MaxTenants).ToDictionary(Name, tenant => tenant + 1),
        };
        var slots = new SlotWatch(settings);
        foreach (var number in numbers)
        {
            slots.Do(number, Name(number / 7 % MaxTenants), cost: 1 + (number / 50 % MaxCost));
        }
    }

    private static void Add(Bench bench, SharedClass shared, int tenant, int number)
    {
        var load = shared.Tenants[tenant];
        bench.Add(Name(tenant), load.Priorities[number % load.Priorities.Length], load.Costs[number % load.Costs.Length]);
    }

    private static string Name(int tenant) => $"{tenant}";

    private sealed record TenantLoad(int Weight, int[] Costs, int[] Priorities)
    {
        public override string ToString() => $"weight {Weight}, costs [{string.Join(',', Costs)}], priorities [{string.Join(',', Priorities)}]";
    }

    private sealed record SharedClass(TenantLoad[] Tenants, int[] Permits)
    {
        public override string ToString() => $"permits [{string.Join(',', Permits)}]; {string.Join("; ", Tenants.Select(tenant => $"{tenant}"))}";
    }
}
