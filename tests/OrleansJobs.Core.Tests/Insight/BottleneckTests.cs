using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class BottleneckTests
{
    [Fact]
    public void ShortWaits_KeepUp()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts() with { OldestWait = TimeSpan.FromMilliseconds(999) });
        Assert.Equal(VerdictKind.KeepsUp, verdict.Kind);
    }

    [Theory]
    [InlineData(WaitReason.PoolFull, VerdictKind.PoolLimited)]
    [InlineData(WaitReason.ClassCap, VerdictKind.PoolLimited)]
    [InlineData(WaitReason.TenantShare, VerdictKind.PoolLimited)]
    [InlineData(WaitReason.Rate, VerdictKind.RateLimited)]
    [InlineData(WaitReason.TenantCap, VerdictKind.TenantCapped)]
    [InlineData(WaitReason.Dispatching, VerdictKind.KeepsUp)]
    [InlineData(WaitReason.None, VerdictKind.KeepsUp)]
    public void WhatHoldsTheHead_IsTheVerdict(WaitReason holds, VerdictKind kind) =>
        Assert.Equal(kind, Bottleneck.Find(Verdicts.Facts(holds)).Kind);

    [Fact]
    public void Paused_ComesBeforeEverythingElse()
    {
        var facts = Verdicts.Facts() with { Settings = new JobClassSettings { Paused = true }, Load = default };
        Assert.Equal(VerdictKind.Paused, Bottleneck.Find(facts).Kind);
    }

    [Fact]
    public void NoPermits_AreNoSilo_EvenWithoutABacklog()
    {
        var facts = Verdicts.Facts(WaitReason.None) with { Load = default, Backlog = 0, OldestWait = TimeSpan.Zero };
        Assert.Equal(VerdictKind.NoSilo, Bottleneck.Find(facts).Kind);
    }

    [Fact]
    public void NothingHoldsTheHeadJustNow_ButAllSlotsWereTakenLately_IsPoolLimited() => Assert.Equal(
        VerdictKind.PoolLimited, Bottleneck.Find(Verdicts.Facts(WaitReason.Dispatching, points: Lately(running: 3.9, startsPerSecond: 1))).Kind);

    [Fact]
    public void NothingHoldsTheHeadJustNow_ButTheRateWasUsedUpLately_IsRateLimited() => Assert.Equal(
        VerdictKind.RateLimited, Bottleneck.Find(Verdicts.Facts(WaitReason.Dispatching, points: Lately(running: 1, startsPerSecond: 5))).Kind);

    [Fact]
    public void NothingHoldsTheHead_NowOrLately_KeepsUp() => Assert.Equal(
        VerdictKind.KeepsUp, Bottleneck.Find(Verdicts.Facts(WaitReason.Dispatching, points: Lately(running: 1, startsPerSecond: 1))).Kind);

    [Fact]
    public void RunTimesThatStayTheSame_ArePoolLimited_AndEachSlotAddsAsMuch()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts() with { Contention = Verdicts.Contention(_ => 0.5, 1, 4) });

        Assert.Equal(VerdictKind.PoolLimited, verdict.Kind);
        Assert.Equal(2, verdict.GainOfOneMorePermit!.Value, 3);
    }

    [Fact]
    public void RunTimesThatRiseWithConcurrency_AreTheDownstreams()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts() with { Contention = Verdicts.Contention(running => 0.1 * running, 1, 4) });

        Assert.Equal(VerdictKind.DownstreamSlows, verdict.Kind);
        Assert.InRange(verdict.GainOfOneMorePermit!.Value, -0.001, 0.001);
        Assert.Contains("A job took 0.1 s with 1 at once and 0.4 s with 4.", verdict.Evidence);
    }

    [Fact]
    public void RunTimesThatRiseALittle_ArePoolLimited_AndASlotAddsLess()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts() with { Contention = Verdicts.Contention(running => 1 + (0.1 * running), 1, 4) });

        Assert.Equal(VerdictKind.PoolLimited, verdict.Kind);
        Assert.Equal((5 / 1.5) - (4 / 1.4), verdict.GainOfOneMorePermit!.Value, 3);
    }

    [Fact]
    public void ConcurrencyThatNeverChanged_TellsNothingOfTheDownstream()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts(points: Lately(running: 4, startsPerSecond: 1)));

        Assert.Equal(VerdictKind.PoolLimited, verdict.Kind);
        Assert.Equal(0.25, verdict.GainOfOneMorePermit!.Value, 3);
        Assert.Contains(verdict.Evidence, line => line.Contains("not known", StringComparison.Ordinal));
    }

    [Fact]
    public void DrainTime_IsTheBacklogOverWhatItShrinksBy()
    {
        var points = Enumerable.Range(0, 7).Select(index => new HistoryPoint { At = default, Arrived = 10, Finished = 20 }).ToArray();
        Assert.Equal(TimeSpan.FromSeconds(50), Bottleneck.Find(Verdicts.Facts(points: points)).DrainTime);
    }

    [Fact]
    public void DrainTime_OfABacklogThatGrows_IsUnknown()
    {
        var points = Enumerable.Range(0, 7).Select(index => new HistoryPoint { At = default, Arrived = 20, Finished = 10 }).ToArray();
        Assert.Null(Bottleneck.Find(Verdicts.Facts(points: points)).DrainTime);
    }

    private static HistoryPoint[] Lately(double running, int startsPerSecond) =>
    [
        .. Enumerable.Range(0, 7).Select(index => new HistoryPoint
        {
            At = default,
            Running = running,
            Permits = 4,
            Started = 5 * startsPerSecond,
            Ended = 5 * startsPerSecond,
        }),
    ];
}
