using FsCheck;
using FsCheck.Fluent;
using OrleansJobs.Core.Retry;

namespace OrleansJobs.Core.Tests.Retry;

public sealed class BackoffPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly Arbitrary<(RetryPolicy Policy, int Failures, TimeSpan Last, double Random)> Cases = Arb.From(
        from first in Gen.Choose(0, 600_000)
        from longest in Gen.Choose(0, 3_600_000)
        from factor in Gen.Choose(100, 1_000)
        from jitter in Gen.Elements(Enum.GetValues<Jitter>())
        from failures in Gen.OneOf(Gen.Choose(1, 20), Gen.Choose(1, int.MaxValue))
        from last in Gen.Choose(0, 3_600_000)
        from random in Gen.Choose(0, 999_999)
        select (
            new RetryPolicy
            {
                FirstDelay = TimeSpan.FromMilliseconds(first),
                MaxDelay = TimeSpan.FromMilliseconds(longest),
                Factor = factor / 100d,
                Jitter = jitter,
            },
            failures, TimeSpan.FromMilliseconds(last), random / 1_000_000d));

    [Fact]
    public void Delay_IsNeverNegativeAndNeverOverTheLongest() => Check.One(Config, Prop.ForAll(Cases, given =>
    {
        var delay = Backoff.Next(given.Policy, given.Failures, given.Last, given.Random);
        return delay >= TimeSpan.Zero && delay <= given.Policy.MaxDelay;
    }));

    [Fact]
    public void Delay_WithoutJitter_NeverFalls() => Check.One(Config, Prop.ForAll(Cases, given =>
    {
        var policy = given.Policy with { Jitter = Jitter.None };
        var failures = Math.Min(given.Failures, int.MaxValue - 1);
        return Backoff.Next(policy, failures, given.Last, 0) <= Backoff.Next(policy, failures + 1, given.Last, 0);
    }));

    [Fact]
    public void Delay_WithFullJitter_IsNeverOverTheDelayWithout() => Check.One(Config, Prop.ForAll(Cases, given =>
    {
        var without = Backoff.Next(given.Policy with { Jitter = Jitter.None }, given.Failures, given.Last, 0);
        return Backoff.Next(given.Policy with { Jitter = Jitter.Full }, given.Failures, given.Last, given.Random) <= without;
    }));

    [Fact]
    public void FullJitter_SpreadsJobsEvenly()
    {
        var policy = new RetryPolicy { FirstDelay = TimeSpan.FromSeconds(10), Jitter = Jitter.Full };
        var random = new Random(20150304);
        const int jobs = 20_000;

        var tenths = new int[10];
        for (var job = 0; job < jobs; job++)
        {
            tenths[(int)Backoff.Next(policy, 1, TimeSpan.Zero, random.NextDouble()).TotalSeconds]++;
        }

        Assert.All(tenths, count => Assert.InRange(count, jobs / 10 * 0.9, jobs / 10 * 1.1));
    }

    [Fact]
    public void DecorrelatedJitter_GrowsOnAverageAndSpreads()
    {
        var policy = new RetryPolicy
        {
            FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromHours(1), Jitter = Jitter.Decorrelated,
        };
        var random = new Random(20150304);
        var delays = Enumerable.Repeat(TimeSpan.Zero, 2_000).ToArray();
        var averages = new List<double>();
        for (var failure = 1; failure <= 6; failure++)
        {
            delays = [.. delays.Select(last => Backoff.Next(policy, failure, last, random.NextDouble()))];
            averages.Add(delays.Average(delay => delay.TotalSeconds));
        }

        Assert.Equal(averages.Order(), averages);
        Assert.True(delays.Distinct().Count() > delays.Length * 0.99, "hardly two jobs come back at the same time");
    }
}
