using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class HoldLogTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HoldLog _log = new(maxSpans: 4);

    [Fact]
    public void AddTo_SplitsTheTimeByReason()
    {
        _log.Set(WaitReason.Paused, At(0));
        _log.Set(WaitReason.PoolFull, At(10));
        _log.Set(WaitReason.PoolFull, At(12));

        Assert.Equal([(WaitReason.Paused, 7.0), (WaitReason.PoolFull, 5.0)], Between(3, 15));
        Assert.Equal([(WaitReason.PoolFull, 2.0)], Between(11, 13));
        Assert.Equal([(WaitReason.Paused, 3.0)], Between(-5, 3));
    }

    [Fact]
    public void AddTo_InABreak_AddsNothing()
    {
        _log.Set(WaitReason.PoolFull, At(0));
        _log.Set(WaitReason.None, At(10));
        Assert.Equal([(WaitReason.PoolFull, 10.0)], Between(0, 20));
        Assert.Empty(Between(11, 20));

        _log.Set(WaitReason.PoolFull, At(30));
        Assert.Equal([(WaitReason.None, 20.0), (WaitReason.PoolFull, 15.0)], Between(0, 35));
    }

    [Fact]
    public void Set_AfterAShortBreak_GoesOnWithTheHold()
    {
        _log.Set(WaitReason.PoolFull, At(0));
        _log.Set(WaitReason.None, At(1));
        _log.Set(WaitReason.PoolFull, At(1.09));
        Assert.Equal([(WaitReason.PoolFull, 2.0)], Between(0, 2));
    }

    [Fact]
    public void Set_NoneAtFirst_IsNothing()
    {
        _log.Set(WaitReason.None, At(0));
        Assert.Empty(Between(-1, 5));
    }

    [Fact]
    public void AddTo_OfWhatIsOlderThanTheLog_AddsNothing()
    {
        for (var second = 0; second < 10; second++)
        {
            _log.Set(second % 2 == 0 ? WaitReason.PoolFull : WaitReason.Rate, At(second));
        }

        Assert.Equal([(WaitReason.Rate, 2.0), (WaitReason.PoolFull, 2.0)], Between(0, 10));
    }

    private static DateTimeOffset At(double second) => Start.AddSeconds(second);

    private List<(WaitReason Reason, double Seconds)> Between(double from, double to)
    {
        Span<long> ticks = stackalloc long[HoldLog.Reasons];
        _log.AddTo(ticks, At(from), At(to));
        var found = new List<(WaitReason, double)>();
        for (var reason = 0; reason < ticks.Length; reason++)
        {
            if (ticks[reason] > 0)
            {
                found.Add(((WaitReason)reason, Math.Round(TimeSpan.FromTicks(ticks[reason]).TotalSeconds, 6)));
            }
        }

        return found;
    }
}
