namespace OrleansJobs.Abstractions.Tests.Classes;

public sealed class RetryPolicyTests
{
    [Fact]
    public void Default_IsTenAttemptsFromASecondToAQuarterOfAnHour()
    {
        var policy = new RetryPolicy();

        Assert.Equal((10, 2d, Jitter.Full), (policy.MaxAttempts, policy.Factor, policy.Jitter));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15)), (policy.FirstDelay, policy.MaxDelay));
        Assert.Empty(policy.Schedule);
        Assert.Empty(policy.NonRetryable);
    }

    [Fact]
    public void Exponential_KeepsTheDefaultsOfWhatIsNotGiven()
    {
        Assert.Equal(new RetryPolicy { MaxAttempts = 4 }, Retry.Exponential(4));
        Assert.Equal(
            new RetryPolicy
            {
                MaxAttempts = 4, FirstDelay = TimeSpan.FromSeconds(2), MaxDelay = TimeSpan.FromSeconds(9), Factor = 3, Jitter = Jitter.None,
            },
            Retry.Exponential(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(9), 3, Jitter.None));
    }

    [Fact]
    public void Fixed_HasOneDelay()
    {
        var policy = Retry.Fixed(5, TimeSpan.FromSeconds(3));
        Assert.Equal((5, TimeSpan.FromSeconds(3)), (policy.MaxAttempts, Assert.Single(policy.Schedule)));
    }

    [Fact]
    public void Schedule_HasOneAttemptMoreThanDelays()
    {
        var policy = Retry.Schedule(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal((3, 2), (policy.MaxAttempts, policy.Schedule.Count));
    }

    [Fact]
    public void None_HasOneAttempt() => Assert.Equal(1, Retry.None.MaxAttempts);

    [Fact]
    public void DoNotRetry_HoldsForAllThatDeriveFromTheType()
    {
        var policy = Retry.Exponential(5).DoNotRetry<ArgumentException>().DoNotRetry<NotSupportedException>();

        Assert.False(policy.Allows(new ArgumentNullException()));
        Assert.False(policy.Allows(new NotSupportedException()));
        Assert.True(policy.Allows(new InvalidOperationException()));
        Assert.True(Retry.Exponential(5).Allows(new ArgumentException()));
    }
}
