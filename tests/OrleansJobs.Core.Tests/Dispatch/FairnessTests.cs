using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class FairnessTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(13, 2)]
    [InlineData(1000, 1)]
    public void Dispatch_WithWeightsThreeToOne_SharesTheCostThreeToOne(int costOfHeavy, int costOfLight)
    {
        var bench = new Bench(Weights(("heavy", 3), ("light", 1)));
        var spent = Serve(bench, rounds: 8_000, ("heavy", costOfHeavy), ("light", costOfLight));
        Assert.InRange(spent["heavy"] / (double)spent.Values.Sum(), 0.74, 0.76);
    }

    [Fact]
    public void Dispatch_OfEqualTenants_Alternates()
    {
        var bench = new Bench();
        bench.AddMany(4, "a");
        bench.AddMany(4, "b");
        Assert.Equal(["a", "b", "a", "b", "a", "b", "a", "b"], bench.Ask("s", 8).Select(job => job.Tenant));
    }

    [Fact]
    public void Dispatch_WhenOneTenantIsIdle_GivesItsShareToTheOthers()
    {
        var bench = new Bench(Weights(("heavy", 3), ("light", 1)));
        bench.AddMany(10, "light");
        Assert.Equal(10, bench.Ask("s", 10).Count);
    }

    [Fact]
    public void Dispatch_OfATenantThatWasIdle_BringsNoSavedUpCredit()
    {
        var bench = new Bench();
        bench.AddMany(1, "late");
        bench.AddMany(1_000, "busy");
        bench.Ask("s", 500);
        bench.AddMany(500, "late");
        Assert.InRange(bench.Ask("s", 600).Count(job => job.Tenant == "late"), 49, 51);
    }

    [Fact]
    public void Dispatch_OfATenantThatWasCapped_BringsNoSavedUpCredit()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobsPerTenant = 400 });
        bench.AddMany(1_000, "x");
        bench.Ask("x", 400);
        bench.AddMany(300, "y");
        Assert.Equal(300, bench.Ask("y", 300).Count(job => job.Tenant == "y"));
        bench.AddMany(1_000, "y");
        bench.Dispatcher.Apply(new JobClassSettings(), bench.Now);
        Assert.InRange(bench.Ask("z", 100).Count(job => job.Tenant == "x"), 49, 51);
    }

    [Fact]
    public void Dispatch_OfOneNoisyTenant_DelaysNoOther()
    {
        var bench = new Bench();
        bench.AddMany(5_000, "noisy");
        bench.Ask("s", 100);
        bench.Add("quiet");
        Assert.Contains(bench.Ask("s", 102), job => job.Tenant == "quiet");
    }

    [Fact]
    public void Apply_OfAnotherWeight_CountsFromNowOn()
    {
        var bench = new Bench();
        bench.AddMany(3_000, "a");
        bench.AddMany(3_000, "b");
        bench.Ask("s", 400);
        bench.Dispatcher.Apply(Weights(("a", 4)), bench.Now);
        Assert.InRange(bench.Ask("s", 900).Count(job => job.Tenant == "a"), 395, 405);
    }

    private static JobClassSettings Weights(params (string Tenant, int Weight)[] weights) =>
        new() { TenantWeights = weights.ToDictionary(weight => weight.Tenant, weight => weight.Weight) };

    /// <summary>Tenants that never run out of work; a few slots that are freed again and again. The cost each tenant has had.</summary>
    private static Dictionary<string, long> Serve(Bench bench, int rounds, params (string Tenant, int Cost)[] tenants)
    {
        var spent = tenants.ToDictionary(tenant => tenant.Tenant, _ => 0L);
        foreach (var (tenant, cost) in tenants)
        {
            bench.AddMany(20, tenant, cost);
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var job in bench.Ask("s", 5, bench.Finish("s")))
            {
                spent[job.Tenant] += job.Cost;
                bench.Add(job.Tenant, cost: job.Cost);
            }
        }

        return spent;
    }
}
