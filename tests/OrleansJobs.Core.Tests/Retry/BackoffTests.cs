using OrleansJobs.Core.Retry;

namespace OrleansJobs.Core.Tests.Retry;

public sealed class BackoffTests
{
    private static readonly RetryPolicy Plain = new()
    {
        FirstDelay = TimeSpan.FromSeconds(1), Factor = 2, MaxDelay = TimeSpan.FromSeconds(60), Jitter = Jitter.None,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(8, 60)]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    public void WithoutJitter_GrowsByTheFactorUpToTheLongestDelay(int failedAttempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Next(Plain, failedAttempt, TimeSpan.Zero, 0.5));

    [Theory]
    [InlineData(1_000)]
    [InlineData(int.MaxValue)]
    public void ManyFailures_DoNotOverflow(int failedAttempt)
    {
        var steep = Plain with { Factor = 10, MaxDelay = JobLimits.MaxDelay };

        Assert.Equal(JobLimits.MaxDelay, Backoff.Next(steep, failedAttempt, TimeSpan.Zero, 0.5));
        Assert.InRange(
            Backoff.Next(steep with { Jitter = Jitter.Full }, failedAttempt, TimeSpan.Zero, 0.999), TimeSpan.Zero, JobLimits.MaxDelay);
        Assert.InRange(
            Backoff.Next(steep with { Jitter = Jitter.Decorrelated }, failedAttempt, TimeSpan.MaxValue, 0.999),
            TimeSpan.Zero, JobLimits.MaxDelay);
    }

    [Fact]
    public void FullJitter_IsAShareOfTheDelayWithoutJitter()
    {
        var policy = Plain with { Jitter = Jitter.Full };

        Assert.Equal(TimeSpan.Zero, Backoff.Next(policy, 4, TimeSpan.Zero, 0));
        Assert.Equal(TimeSpan.FromSeconds(2), Backoff.Next(policy, 4, TimeSpan.Zero, 0.25));
        Assert.Equal(TimeSpan.FromSeconds(30), Backoff.Next(policy, 40, TimeSpan.Zero, 0.5));
    }

    [Theory]
    [InlineData(0, 0.0, 1)]
    [InlineData(0, 0.5, 2)]
    [InlineData(4, 0.0, 1)]
    [InlineData(4, 0.5, 6.5)]
    [InlineData(50, 0.9, 60)]
    public void DecorrelatedJitter_LiesBetweenTheFirstDelayAndThreeTimesTheLast(double lastSeconds, double random, double seconds)
    {
        var delay = Backoff.Next(Plain with { Jitter = Jitter.Decorrelated }, 3, TimeSpan.FromSeconds(lastSeconds), random);
        Assert.Equal(TimeSpan.FromSeconds(seconds), delay);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 30)]
    [InlineData(3, 7_200)]
    [InlineData(9, 7_200)]
    public void Schedule_IsTakenAsGiven_TheLastDelayRepeated(int failedAttempt, int seconds)
    {
        var policy = Plain with { Jitter = Jitter.Full, Schedule = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromHours(2)] };
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Next(policy, failedAttempt, TimeSpan.Zero, 0.5));
    }

    [Fact]
    public void Schedule_IsBoundedByTheLongestDelayOfTheGrid()
    {
        var policy = Plain with { Schedule = [TimeSpan.FromDays(4_000), TimeSpan.FromDays(-1)] };

        Assert.Equal(JobLimits.MaxDelay, Backoff.Next(policy, 1, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Next(policy, 2, TimeSpan.Zero, 0.5));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void RandomOutOfRange_WaitsTheLongest(double random) =>
        Assert.Equal(TimeSpan.FromSeconds(4), Backoff.Next(Plain with { Jitter = Jitter.Full }, 3, TimeSpan.Zero, random));

    [Fact]
    public void PoliciesThatMakeNoSense_GiveADelayInRange()
    {
        Assert.Equal(TimeSpan.Zero, Backoff.Next(Plain with { FirstDelay = TimeSpan.FromSeconds(-1) }, 5, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Next(Plain with { FirstDelay = TimeSpan.Zero, Factor = 10 }, int.MaxValue, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Next(Plain with { MaxDelay = TimeSpan.FromSeconds(-1) }, 5, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.FromSeconds(60), Backoff.Next(Plain with { Factor = double.NaN }, 5, TimeSpan.Zero, 0.5));
        Assert.Equal(TimeSpan.Zero, Backoff.Next(Plain with { Factor = -3 }, 2, TimeSpan.Zero, 0.5));
    }
}
