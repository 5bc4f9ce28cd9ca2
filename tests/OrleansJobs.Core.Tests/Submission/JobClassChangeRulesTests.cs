using OrleansJobs.Core.Submission;

namespace OrleansJobs.Core.Tests.Submission;

public sealed class JobClassChangeRulesTests
{
    private const int Ceiling = 32;

    private static readonly JobClassSettings Current = new()
    {
        Revision = 4,
        MaxLocalWorkers = 8,
        MaxConcurrentJobs = 100,
        Rate = Rate.PerSecond(50),
        TenantWeights = new Dictionary<string, int> { ["acme"] = 3, ["globex"] = 2 },
    };

    [Fact]
    public void Apply_ChangesWhatIsGivenAndRaisesTheRevision()
    {
        var next = Apply(new JobClassChange { MaxLocalWorkers = 0, Paused = true });

        Assert.Equal(Current with { Revision = 5, MaxLocalWorkers = 0, Paused = true }, next);
    }

    [Fact]
    public void Apply_CanChangeEveryLimit()
    {
        var next = Apply(new JobClassChange
        {
            MaxLocalWorkers = Ceiling, MaxConcurrentJobs = 7, MaxConcurrentJobsPerTenant = 3, Rate = Rate.Unlimited, Paused = true,
        });

        Assert.Equal((Ceiling, 7, 3), (next.MaxLocalWorkers, next.MaxConcurrentJobs, next.MaxConcurrentJobsPerTenant));
        Assert.True(next.Rate.IsUnlimited && next.Paused);
    }

    [Fact]
    public void Apply_MergesWeights_AWeightOfOneRemoves()
    {
        var next = Apply(new JobClassChange { TenantWeights = new Dictionary<string, int> { ["acme"] = 1, ["initech"] = 9 } });

        Assert.Equal(new Dictionary<string, int> { ["globex"] = 2, ["initech"] = 9 }, next.TenantWeights);
        Assert.Equal(3, Current.WeightOf("acme"));
    }

    public static TheoryData<JobClassChange> NoChanges => new()
    {
        new JobClassChange(),
        new JobClassChange { MaxLocalWorkers = 8, Paused = false, Rate = Rate.PerSecond(50) },
        new JobClassChange { TenantWeights = new Dictionary<string, int> { ["acme"] = 3, ["nobody"] = 1 } },
    };

    [Theory]
    [MemberData(nameof(NoChanges))]
    public void Apply_OfWhatIsSoAlready_ChangesNothing(JobClassChange change) => Assert.Same(Current, Apply(change));

    public static TheoryData<JobClassChange, string> BadOnes => new()
    {
        { new() { MaxLocalWorkers = 33 }, "MaxLocalWorkers is 33; allowed is 0 to 32." },
        { new() { MaxLocalWorkers = -1 }, "MaxLocalWorkers is -1; allowed is 0 to 32." },
        { new() { MaxConcurrentJobs = -1 }, "MaxConcurrentJobs is -1; allowed is 0 to 1000000." },
        { new() { MaxConcurrentJobsPerTenant = -1 }, "MaxConcurrentJobsPerTenant is -1; allowed is 0 to 1000000." },
        { new() { Rate = new Rate(-1, TimeSpan.FromSeconds(1), 1) }, "Rate.Permits is -1; allowed is 0 to 1000000." },
        { new() { TenantWeights = new Dictionary<string, int> { ["acme"] = 0 } }, "TenantWeights['acme'] is 0; allowed is 1 to 1000." },
        { new() { TenantWeights = Many(9_999) }, "TenantWeights.Count is 10001; allowed is 0 to 10000." },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Apply_OfABadValue_NamesItAndChangesNothing(JobClassChange change, string fault)
    {
        var (next, faults) = JobClassChangeRules.Apply(Current, change with { Paused = true }, Ceiling);

        Assert.Same(Current, next);
        Assert.Equal(fault, Assert.Single(faults));
    }

    private static JobClassSettings Apply(JobClassChange change)
    {
        var (next, faults) = JobClassChangeRules.Apply(Current, change, Ceiling);
        Assert.Empty(faults);
        return next;
    }

    private static Dictionary<string, int> Many(int tenants) => Enumerable.Range(0, tenants).ToDictionary(n => $"tenant-{n}", _ => 2);
}
