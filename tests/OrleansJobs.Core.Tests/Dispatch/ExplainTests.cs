namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class ExplainTests
{
    [Fact]
    public void Explain_OfAJobThatIsNotDue_SaysWhen()
    {
        var bench = new Bench();
        var job = bench.Add(dueIn: 60);
        Check(bench.Dispatcher.Explain(job, bench.Now), WaitReason.NotDue, "The job is due at 2030-01-01 00:01:00.000Z.", job.DueAt);
    }

    [Fact]
    public void Explain_OfAPausedClass_SaysSo()
    {
        var bench = new Bench(new JobClassSettings { Paused = true });
        Check(bench, WaitReason.Paused, "The class is paused (due jobs in memory: 1).");
    }

    [Fact]
    public void Explain_WithoutASilo_SaysSo() =>
        Check(new Bench(), WaitReason.NoSilo, "No silo that runs the class is connected.");

    [Fact]
    public void Explain_WithDrainingSilosOnly_SaysSo()
    {
        var bench = new Bench();
        bench.Renew("a", 5, draining: true);
        Check(bench, WaitReason.NoSilo, "None of 1 connected silos takes jobs of the class: they drain, have no permits, or keep their process for a suspected job.");
    }

    [Fact]
    public void Explain_AtTheClassCap_GivesTheFigures()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobs = 2 });
        bench.AddMany(2);
        bench.Ask("a", 5);
        Check(bench, WaitReason.ClassCap, "2 of 2 jobs of the class run in the cluster.");
    }

    [Fact]
    public void Explain_AtTheTenantCap_GivesTheFigures()
    {
        var bench = new Bench(new JobClassSettings { MaxConcurrentJobsPerTenant = 2 });
        bench.AddMany(2, "acme");
        bench.Ask("a", 5);
        Check(bench, WaitReason.TenantCap, "2 of 2 jobs of tenant 'acme' run in the cluster.", tenant: "acme");
    }

    [Fact]
    public void Explain_AtTheRate_SaysWhenTheNextTokenComes()
    {
        var bench = new Bench(new JobClassSettings { Rate = Rate.PerSecond(1) });
        bench.Renew("a", 5);
        Check(
            bench,
            WaitReason.Rate,
            "The class has used up its rate of 1/s; the next start is possible at 2030-01-01 00:00:01.000Z.",
            until: Bench.Start.AddSeconds(1));
    }

    [Fact]
    public void Explain_WithAllPermitsTaken_GivesTheFigures()
    {
        var bench = new Bench();
        bench.AddMany(5);
        bench.Ask("a", 2);
        bench.Ask("b", 3);
        Check(bench, WaitReason.PoolFull, "All 5 permits of 2 silos are taken (due jobs in memory: 1).");
    }

    [Fact]
    public void Explain_WithOthersBefore_GivesTheFigures()
    {
        var bench = new Bench(new JobClassSettings { TenantWeights = new Dictionary<string, int> { ["acme"] = 3 } });
        bench.AddMany(4, "other");
        bench.Renew("a", 2);
        Check(
            bench,
            WaitReason.TenantShare,
            "5 due jobs of 2 tenants share 2 free slots; tenant 'acme' (weight 3) runs 0 and has 1 waiting in memory.",
            tenant: "acme");
    }

    [Fact]
    public void Explain_WithRoomForAll_IsDispatching()
    {
        var bench = new Bench();
        bench.Renew("a", 5);
        Check(bench, WaitReason.Dispatching, "Nothing holds the job back: it goes to the next silo that asks.");
    }

    [Fact]
    public void Explain_OfALeasedJob_NamesTheSilo()
    {
        var bench = new Bench();
        var job = bench.Add();
        bench.Ask("a", 5);
        Check(bench.Dispatcher.Explain(job, bench.Now), WaitReason.Dispatching, "The job has been handed to silo a.", null);
    }

    [Fact]
    public void Explain_WhileRecovering_SaysForWhomItWaits()
    {
        var bench = new Bench(activeSilos: ["a", "b"]);
        bench.Renew("a", 5);
        Check(
            bench,
            WaitReason.Dispatching,
            "The dispatcher has just started and waits until every silo has said what it runs (1 missing), at the longest until 2030-01-01 00:00:05.000Z.",
            until: Bench.Start.AddSeconds(5));
    }

    private static void Check(Bench bench, WaitReason reason, string text, string tenant = "", DateTimeOffset? until = null) =>
        Check(bench.Dispatcher.Explain(bench.Add(tenant), bench.Now), reason, text, until);

    private static void Check(JobWait wait, WaitReason reason, string text, DateTimeOffset? until) =>
        Assert.Equal(new JobWait(reason, text, until), wait);
}
