using OrleansJobs.Dashboard.Autoscale;

namespace OrleansJobs.Dashboard.Tests.Autoscale;

public sealed class SiloNeedTests
{
    /// <summary>Backlog, running, slots of a silo, the caller's jobs for each silo (0 for none), the silos that would do.</summary>
    [Theory]
    [InlineData(0, 0, 16, 0, 1)]
    [InlineData(1, 0, 16, 0, 1)]
    [InlineData(16, 0, 16, 0, 1)]
    [InlineData(17, 0, 16, 0, 2)]
    [InlineData(10, 6, 16, 0, 1)]
    [InlineData(11, 6, 16, 0, 2)]
    [InlineData(0, 33, 16, 0, 3)]
    [InlineData(1_000, 16, 16, 200, 6)]
    [InlineData(0, 64, 16, 200, 4)]
    [InlineData(0, 64, 16, 8, 8)]
    [InlineData(5, 0, 0, 0, 5)]
    [InlineData(long.MaxValue / 2, 0, 1, 0, int.MaxValue)]
    public void Need_IsForWhatRunsAndWaits(long backlog, int running, int slots, int jobsPerSilo, int silos)
    {
        var need = SiloNeed.Of(Status(backlog, running, new JobClassSettings { MaxLocalWorkers = slots }), jobsPerSilo == 0 ? null : jobsPerSilo);
        Assert.Equal((backlog, running, silos), (need.Backlog, need.Running, need.DesiredSilos));
    }

    [Fact]
    public void ClusterWideLimit_CapsTheNeed_ButNotBelowWhatRuns()
    {
        var limited = new JobClassSettings { MaxLocalWorkers = 4, MaxConcurrentJobs = 10 };
        Assert.Equal(3, SiloNeed.Of(Status(1_000, 2, limited), null).DesiredSilos);
        Assert.Equal(5, SiloNeed.Of(Status(1_000, 20, limited), null).DesiredSilos);
    }

    [Fact]
    public void PausedBacklog_NeedsNoSilo()
    {
        var paused = new JobClassSettings { MaxLocalWorkers = 4, Paused = true };
        Assert.Equal(2, SiloNeed.Of(Status(1_000, 8, paused), null).DesiredSilos);
        Assert.Equal(1, SiloNeed.Of(Status(1_000, 0, paused), null).DesiredSilos);
    }

    [Fact]
    public void Permits_AreThoseOfSilosThatStay()
    {
        var status = Status(0, 0, new JobClassSettings { MaxLocalWorkers = 4 }) with
        {
            Pools = [new("a", 4, 3, Draining: false, default), new("b", 4, 4, Draining: true, default)],
        };
        var need = SiloNeed.Of(status, null);
        Assert.Equal((4, 7, 2), (need.Permits, need.Running, need.DesiredSilos));
    }

    private static JobClassStatus Status(long backlog, long running, JobClassSettings settings) => new()
    {
        JobClass = "email",
        Settings = settings,
        Counts = new JobCounts { Queued = backlog, Running = running, Scheduled = 50, Retrying = 50 },
    };
}
