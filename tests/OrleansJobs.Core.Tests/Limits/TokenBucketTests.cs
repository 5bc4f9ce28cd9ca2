using FsCheck;
using FsCheck.Fluent;
using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Tests.Limits;

public sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TryTake_FromFullBucket_GivesTheBurstThenNothing()
    {
        var bucket = new TokenBucket(Rate.PerSecond(10, burst: 3), Start, full: true);
        Assert.Equal(3, TakeAll(bucket, Start));
    }

    [Fact]
    public void TryTake_FromEmptyBucket_WaitsForTheFirstToken()
    {
        var bucket = new TokenBucket(Rate.PerSecond(10), Start, full: false);
        Assert.False(bucket.TryTake(Start.AddMilliseconds(100).AddTicks(-1)));
        Assert.True(bucket.TryTake(Start.AddMilliseconds(100)));
        Assert.False(bucket.TryTake(Start.AddMilliseconds(100)));
    }

    [Fact]
    public void TryTake_AtAnOddRateInTinySteps_DoesNotDrift()
    {
        var bucket = new TokenBucket(Rate.PerSecond(7, burst: 2), Start, full: false);
        var taken = 0;
        for (var at = Start; at <= Start.AddMinutes(1); at = at.AddTicks(12_347))
        {
            taken += bucket.TryTake(at) ? 1 : 0;
        }

        taken += bucket.TryTake(Start.AddMinutes(1)) ? 1 : 0;
        Assert.Equal(7 * 60, taken);
    }

    [Fact]
    public void AvailableAt_OnEmptyBucket_IsTheFirstTickWithAToken()
    {
        var bucket = new TokenBucket(Rate.PerSecond(3), Start, full: false);
        var at = bucket.AvailableAt(Start);
        Assert.False(bucket.TryTake(at.AddTicks(-1)));
        Assert.True(bucket.TryTake(at));
    }

    [Fact]
    public void AvailableAt_WithTokens_IsNow()
    {
        var bucket = new TokenBucket(Rate.PerSecond(3), Start, full: true);
        Assert.Equal(Start, bucket.AvailableAt(Start));
    }

    [Fact]
    public void TryTake_Unlimited_AlwaysGives()
    {
        var bucket = new TokenBucket(Rate.Unlimited, Start, full: false);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(bucket.TryTake(Start)));
        Assert.Equal(Start, bucket.AvailableAt(Start));
    }

    [Fact]
    public void TryTake_AfterTheClockWasSetBack_EarnsNothingTwice()
    {
        var bucket = new TokenBucket(Rate.PerSecond(1, burst: 5), Start, full: false);
        Assert.True(bucket.TryTake(Start.AddSeconds(1)));
        Assert.False(bucket.TryTake(Start));
        Assert.False(bucket.TryTake(Start.AddSeconds(1)));
    }

    [Fact]
    public void Change_KeepsWhatIsSavedUpToTheNewBurst()
    {
        var bucket = new TokenBucket(Rate.PerSecond(10, burst: 8), Start, full: true);
        bucket.Change(Rate.PerMinute(6, burst: 5), Start);
        Assert.Equal(5, TakeAll(bucket, Start));
        Assert.Equal(Start.AddSeconds(10), bucket.AvailableAt(Start));
    }

    [Fact]
    public void Change_KeepsAPartOfAToken()
    {
        var bucket = new TokenBucket(Rate.PerSecond(1), Start, full: false);
        bucket.Change(Rate.PerMinute(1), Start.AddMilliseconds(500));
        Assert.Equal(Start.AddMilliseconds(500).AddSeconds(30), bucket.AvailableAt(Start.AddMilliseconds(500)));
    }

    [Fact]
    public void Change_FromUnlimited_StartsEmpty()
    {
        var bucket = new TokenBucket(Rate.Unlimited, Start, full: true);
        bucket.Change(Rate.PerSecond(10, burst: 10), Start.AddHours(1));
        Assert.False(bucket.TryTake(Start.AddHours(1)));
    }

    [Fact]
    public void Change_ByTurns_GivesNothingAway()
    {
        var (slow, fast) = (Rate.PerSecond(1, burst: 1), Rate.PerMinute(60, burst: 1));
        var bucket = new TokenBucket(slow, Start, full: false);
        var taken = 0;
        for (var i = 1; i <= 10_000; i++)
        {
            var at = Start.AddMilliseconds(i);
            bucket.Change(i % 2 == 0 ? slow : fast, at);
            taken += bucket.TryTake(at) ? 1 : 0;
        }

        Assert.Equal(10, taken);
    }

    [Fact]
    public void GiveBack_OfATokenThatDidNotServe_LetsItBeTakenAgain()
    {
        var bucket = new TokenBucket(Rate.PerSecond(1), Start, full: true);
        Assert.True(bucket.TryTake(Start));
        bucket.GiveBack(Start, Start.AddMilliseconds(300));
        Assert.Equal(1, TakeAll(bucket, Start.AddMilliseconds(300)));
    }

    [Fact]
    public void GiveBack_OnceTheBucketWasFullAgain_GivesNothing()
    {
        var bucket = new TokenBucket(Rate.PerSecond(1, burst: 2), Start, full: true);
        Assert.Equal(2, TakeAll(bucket, Start));
        var later = Start.AddSeconds(2);
        Assert.Equal(2, TakeAll(bucket, later));
        bucket.GiveBack(Start, later);
        Assert.Equal(0, TakeAll(bucket, later));
    }

    [Fact]
    public void GiveBack_OfATokenOfAnotherRate_GivesNothing()
    {
        var bucket = new TokenBucket(Rate.PerSecond(1), Start, full: true);
        Assert.True(bucket.TryTake(Start));
        bucket.Change(new Rate(1, TimeSpan.FromDays(1), 1), Start);
        bucket.GiveBack(Start, Start);
        Assert.Equal(0, TakeAll(bucket, Start));
    }

    [Fact]
    public void InAnyWindow_NoMoreThanBurstAndRateServe_WhateverIsGivenBack()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var rate = Rate.PerSecond(random.Next(1, 6), burst: random.Next(1, 5));
            var bucket = new TokenBucket(rate, Start, full: random.Next(2) == 0);
            var served = new List<DateTimeOffset>();
            var now = Start;
            for (var step = 0; step < 120; step++)
            {
                now = now.AddMilliseconds(random.Next(0, 400));
                if (served.Count > 0 && random.Next(3) == 0)
                {
                    var returned = served[random.Next(served.Count)];
                    served.Remove(returned);
                    bucket.GiveBack(returned, now);
                }
                else if (bucket.TryTake(now))
                {
                    served.Add(now);
                }
            }

            Assert.True(RateCheck.Holds(rate, served), $"seed {seed}");
        }
    }

    [Fact]
    public void Make_WithALargeRateAndPeriod_DoesNotOverflow()
    {
        var bucket = new TokenBucket(new Rate(Rate.MaxPermits, TimeSpan.FromDays(1), int.MaxValue), Start, full: true);
        Assert.True(bucket.TryTake(Start.AddYears(1000)));
    }

    [Fact]
    public void Make_WithoutPeriod_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenBucket(new Rate(1, TimeSpan.Zero, 1), Start, full: true));

    [Fact]
    public void InAnyWindow_NoMoreThanBurstAndRateAreTaken() =>
        Prop.ForAll(
            Gen.Choose(1, 50).Select(permits => permits).ToArbitrary(),
            Gen.Choose(1, 10).ToArbitrary(),
            Gen.Choose(0, 3_000_000).ArrayOf(200).ToArbitrary(),
            (permits, burst, steps) =>
            {
                var rate = Rate.PerSecond(permits, burst);
                var bucket = new TokenBucket(rate, Start, full: true);
                var taken = new List<DateTimeOffset>();
                var at = Start;
                foreach (var step in steps)
                {
                    at = at.AddTicks(step);
                    taken.AddRange(Enumerable.Repeat(at, TakeAll(bucket, at)));
                }

                return RateCheck.Holds(rate, taken);
            }).QuickCheckThrowOnFailure();

    private static int TakeAll(TokenBucket bucket, DateTimeOffset now)
    {
        var taken = 0;
        while (bucket.TryTake(now))
        {
            taken++;
        }

        return taken;
    }
}
