namespace OrleansJobs.Testing.Tests.Time;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Advance_FiresTimersInTheOrderOfTheirDueTimes()
    {
        using var late = Timer("late", 30);
        using var early = Timer("early", 10);
        using var alsoEarly = Timer("also early", 10);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["early at 10", "also early at 10"], _fired);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("late at 30", _fired[^1]);
    }

    [Fact]
    public void Advance_FiresAPeriodicTimerEachTime()
    {
        using var timer = _time.CreateTimer(_ => _fired.Add("tick"), null, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, _fired.Count);
    }

    [Fact]
    public void Advance_FiresTimersMadeOnTheWay()
    {
        ITimer? second = null;
        using var first = _time.CreateTimer(_ => second = Timer("second", 5), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["second at 10"], _fired);
        second!.Dispose();
    }

    [Fact]
    public void Advance_DoesNotFireADisposedTimer()
    {
        var timer = Timer("gone", 5);
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(_fired);
        Assert.Equal(0, _time.ActiveTimers);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task Delay_EndsWhenTheClockIsThere()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time);
        await _time.WhenTimersAsync(1);
        Assert.True(_time.AdvanceToNextTimer());
        await delay;
        Assert.Equal(ManualTimeProvider.DefaultStart.AddMinutes(1), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), _time.GetElapsedTime(0));
    }

    private ITimer Timer(string name, int seconds) => _time.CreateTimer(
        _ => _fired.Add($"{name} at {_time.GetElapsedTime(0).TotalSeconds}"), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
