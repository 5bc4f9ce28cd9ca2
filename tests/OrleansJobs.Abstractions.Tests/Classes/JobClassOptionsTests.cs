namespace OrleansJobs.Abstractions.Tests.Classes;

public sealed class JobClassOptionsTests
{
    [Theory]
    [InlineData(8, 0, 32)]
    [InlineData(8, 9, 9)]
    [InlineData(5_000, 0, 10_000)]
    [InlineData(0, 0, 4)]
    public void Ceiling_IsFourTimesTheWorkers_UnlessGiven(int workers, int ceiling, int effective) =>
        Assert.Equal(effective, new JobClassOptions { MaxLocalWorkers = workers, MaxLocalWorkersCeiling = ceiling }.EffectiveCeiling);

    [Fact]
    public void Settings_StartAsRegistered()
    {
        var options = new JobClassOptions
        {
            MaxLocalWorkers = 3, MaxConcurrentJobs = 9, MaxConcurrentJobsPerTenant = 2, Rate = Rate.PerSecond(7), Paused = true,
        };
        options.TenantWeights["acme"] = 5;

        var settings = options.ToSettings();

        Assert.Equal((0L, 3, 9, 2), (settings.Revision, settings.MaxLocalWorkers, settings.MaxConcurrentJobs, settings.MaxConcurrentJobsPerTenant));
        Assert.Equal((Rate.PerSecond(7), true), (settings.Rate, settings.Paused));
        Assert.Equal((5, 1), (settings.WeightOf("acme"), settings.WeightOf("globex")));
    }

    [Fact]
    public void Settings_DoNotFollowTheOptionsAfterwards()
    {
        var options = new JobClassOptions();
        var settings = options.ToSettings();

        options.TenantWeights["acme"] = 5;

        Assert.Equal(1, settings.WeightOf("acme"));
    }
}
