namespace OrleansJobs.Abstractions.Tests.Classes;

public sealed class RateTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(100, 10)]
    [InlineData(1_000, 100)]
    public void PerSecond_SavesUpATenthOfASecond(int permits, int burst) =>
        Assert.Equal(new Rate(permits, TimeSpan.FromSeconds(1), burst), Rate.PerSecond(permits));

    [Theory]
    [InlineData(60, 1)]
    [InlineData(6_000, 10)]
    public void PerMinute_SavesUpATenthOfASecond(int permits, int burst) =>
        Assert.Equal(new Rate(permits, TimeSpan.FromMinutes(1), burst), Rate.PerMinute(permits));

    [Fact]
    public void Burst_CanBeGiven() => Assert.Equal(40, Rate.PerSecond(100, burst: 40).Burst);

    [Fact]
    public void Default_IsUnlimited()
    {
        Assert.True(default(Rate).IsUnlimited);
        Assert.Equal(default, Rate.Unlimited);
        Assert.False(Rate.PerSecond(1).IsUnlimited);
    }
}
