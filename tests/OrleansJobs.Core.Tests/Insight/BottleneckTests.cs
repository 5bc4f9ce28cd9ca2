using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class BottleneckTests
{
    private static readonly double[] Ramp = [1, 2, 4, 8, 16, 32, 64, 64];

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
    public void RunTimesThatStayTheSame_ArePoolLimited_AndEachSlotAddsAsMuch()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts(points: Verdicts.Periods(_ => 0.5, Ramp)));

        Assert.Equal(VerdictKind.PoolLimited, verdict.Kind);
        Assert.Equal(2, verdict.GainOfOneMorePermit!.Value, 3);
    }

    [Fact]
    public void RunTimesThatRiseWithConcurrency_AreTheDownstreams()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts(points: Verdicts.Periods(running => 0.1 + (0.1 * running), Ramp)));

        Assert.Equal(VerdictKind.DownstreamSlows, verdict.Kind);
        Assert.InRange(verdict.GainOfOneMorePermit!.Value, 0, 0.05);
        Assert.Contains(verdict.Evidence, line => line.StartsWith("A job takes 0.2 s alone", StringComparison.Ordinal));
    }

    [Fact]
    public void RunTimesThatRiseALittle_ArePoolLimited()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts(points: Verdicts.Periods(running => 1 + (0.005 * running), Ramp)));
        Assert.Equal(VerdictKind.PoolLimited, verdict.Kind);
    }

    [Fact]
    public void ConcurrencyThatNeverChanged_TellsNothingOfTheDownstream()
    {
        var verdict = Bottleneck.Find(Verdicts.Facts(points: Verdicts.Periods(_ => 3, 4, 4, 4, 4, 4, 4, 4)));

        Assert.Equal(VerdictKind.PoolLimited, verdict.Kind);
        Assert.InRange(verdict.GainOfOneMorePermit!.Value, 0.3, 0.36);
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
}
