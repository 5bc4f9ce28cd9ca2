using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>A lease says what held its job back; it is what <see cref="Dispatcher.Explain"/> said while the job waited.</summary>
public sealed class WaitedForTests
{
    [Fact]
    public void Lease_OfAJobThatDidNotWait_SaysNone()
    {
        var bench = new Bench();
        bench.Renew("a", 5);
        bench.Add();
        bench.Dispatch();
        Assert.Equal(WaitReason.None, Assert.Single(bench.Held("a")).WaitedFor);
    }

    [Fact]
    public void Lease_OfAJobOfAPausedClass_SaysPaused()
    {
        var bench = new Bench(new JobClassSettings { Paused = true });
        bench.Renew("a", 5);
        CheckAfter(bench, WaitReason.Paused, () => bench.Dispatcher.Apply(new JobClassSettings(), bench.Now));
    }

    [Fact]
    public void Lease_OfAJobThatNoSiloTook_SaysNoSilo()
    {
        var bench = new Bench();
        CheckAfter(bench, WaitReason.NoSilo, () => bench.Renew("a", 5));
    }

    [Fact]
    public void Lease_OfAJobThatMetAFullPool_SaysPoolFull() =>
        CheckOnceASlotIsFree(WaitReason.PoolFull, new JobClassSettings(), permits: 1);

    [Fact]
    public void Lease_OfAJobThatMetTheClassCap_SaysClassCap() =>
        CheckOnceASlotIsFree(WaitReason.ClassCap, new JobClassSettings { MaxConcurrentJobs = 1 }, permits: 5);

    [Fact]
    public void Lease_OfAJobThatMetTheTenantCap_SaysTenantCap() =>
        CheckOnceASlotIsFree(WaitReason.TenantCap, new JobClassSettings { MaxConcurrentJobsPerTenant = 1 }, permits: 5);

    [Fact]
    public void Lease_OfAJobThatMetTheRate_SaysRate()
    {
        var bench = new Bench(new JobClassSettings { Rate = Rate.Per(TimeSpan.FromSeconds(10), 1) });
        bench.Renew("a", 5);
        CheckAfter(bench, WaitReason.Rate, () => { });
    }

    [Fact]
    public void Lease_OfAJobThatWaitedForTwoThings_SaysTheLonger()
    {
        var bench = new Bench(new JobClassSettings { Paused = true });
        bench.AddMany(2);
        bench.Renew("a", 1);
        bench.Dispatch();
        bench.Now += TimeSpan.FromMinutes(1);
        bench.Dispatcher.Apply(new JobClassSettings(), bench.Now);
        bench.Dispatch();
        bench.Now += TimeSpan.FromSeconds(59);
        bench.Renew("a", 1, completions: bench.Finish("a"));
        bench.Dispatch();
        Assert.Equal(WaitReason.Paused, Assert.Single(bench.Held("a")).WaitedFor);
    }

    [Fact]
    public void Lease_OfAJobThatBecameDueLater_DoesNotSayWhatWasBefore()
    {
        var bench = new Bench(new JobClassSettings { Paused = true });
        bench.Add(dueIn: 60);
        bench.Renew("a", 1);
        bench.Dispatch();
        bench.Dispatcher.Apply(new JobClassSettings(), bench.Now);
        bench.Now += TimeSpan.FromSeconds(61);
        bench.Renew("a", 1);
        bench.Dispatch();
        Assert.Equal(WaitReason.None, Assert.Single(bench.Held("a")).WaitedFor);
    }

    private static void CheckOnceASlotIsFree(WaitReason expected, JobClassSettings settings, int permits)
    {
        var bench = new Bench(settings);
        bench.Add();
        bench.Ask("a", permits);
        CheckAfter(bench, expected, () => bench.Renew("a", permits, completions: bench.Finish("a")));
    }

    private static void CheckAfter(Bench bench, WaitReason expected, Action release)
    {
        var job = bench.Add();
        bench.Dispatch();
        Assert.Equal(expected, bench.Dispatcher.Explain(job, bench.Now).Reason);
        bench.Now += TimeSpan.FromSeconds(30);
        release();
        bench.Dispatch();
        Assert.Equal((job.Id, expected), bench.Held("a").Select(lease => (lease.Job.Id, lease.WaitedFor)).Single());
    }
}
