using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Testing;

namespace OrleansJobs.Engine.Tests.Dispatch;

public sealed class SteadyClockTests
{
    private readonly WatchedTimeProvider _time = new();
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_time);

    [Theory]
    [InlineData(60)]
    [InlineData(-3_600)]
    public void WallClockThatIsSet_IsNoticedOnce_AndDoesNotMoveSteadyTime(int seconds)
    {
        var before = _clock.Now;
        _time.StepWallClock(TimeSpan.FromSeconds(seconds));

        Assert.True(_clock.WasSet(out var by));
        Assert.False(_clock.WasSet(out _));
        Assert.Equal((before, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds)), (_clock.Now, by, _clock.Ahead));
    }

    [Fact]
    public void TimeThatGoesOn_IsNoStep()
    {
        var before = _clock.Now;
        _time.Advance(TimeSpan.FromHours(8));

        Assert.False(_clock.WasSet(out _));
        Assert.Equal(before.AddHours(8), _clock.Now);
    }

    [Fact]
    public void StepsAddUp()
    {
        _time.StepWallClock(TimeSpan.FromSeconds(60));
        _clock.WasSet(out _);
        _time.StepWallClock(TimeSpan.FromSeconds(-90));

        Assert.True(_clock.WasSet(out var by));
        Assert.Equal((TimeSpan.FromSeconds(-90), TimeSpan.FromSeconds(-30)), (by, _clock.Ahead));
    }

    [Fact]
    public void DifferenceThatReadingMayMake_IsNoStep()
    {
        _time.StepWallClock(SteadyClock.LeastStep - TimeSpan.FromMilliseconds(1));

        Assert.False(_clock.WasSet(out _));
    }
}
