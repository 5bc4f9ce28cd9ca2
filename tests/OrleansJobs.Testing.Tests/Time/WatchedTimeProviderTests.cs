namespace OrleansJobs.Testing.Tests.Time;

public sealed class WatchedTimeProviderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WatchedTimeProvider _time = new();
    private int _fired;

    [Fact]
    public void TimersThatWait_AreCountedUntilTheyFire()
    {
        using var late = Timer(2 * Minute);
        using var early = Timer(Minute);
        Assert.Equal((2, _time.Start + Minute), (_time.ActiveTimers, _time.NextTimerAt));

        Assert.True(_time.AdvanceToNextTimer());

        Assert.Equal((1, 1, _time.Start + (2 * Minute)), (_fired, _time.ActiveTimers, _time.NextTimerAt));
        Assert.True(_time.AdvanceToNextTimer());
        Assert.False(_time.AdvanceToNextTimer());
        Assert.Null(_time.NextTimerAt);
    }

    [Fact]
    public void PeriodicTimer_WaitsAgainWhenItHasFired()
    {
        using var timer = _time.CreateTimer(_ => _fired++, null, Minute, 2 * Minute);
        _time.AdvanceToNextTimer();
        Assert.Equal((1, _time.Start + (3 * Minute)), (_fired, _time.NextTimerAt));
    }

    [Fact]
    public void TimerThatIsDisposed_OrSetToNever_DoesNotCount()
    {
        var gone = Timer(Minute);
        using var never = Timer(Minute);
        gone.Dispose();
        never.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _time.Advance(2 * Minute);

        Assert.Equal((0, 0), (_fired, _time.ActiveTimers));
        Assert.False(gone.Change(Minute, Timeout.InfiniteTimeSpan));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task TimerDueAtOnce_FiresWithoutItsMaker()
    {
        var made = new TaskCompletionSource();
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = _time.CreateTimer(_ => Tell(made.Task, fired), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Equal((false, 0), (fired.Task.IsCompleted, _time.ActiveTimers));
        made.SetResult();
        await fired.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task CodeThatGoesToSleep_IsHeard()
    {
        var asleep = _time.WhenTimerDueWithinAsync(Minute);
        var two = _time.WhenTimersAsync(2);
        var longest = Task.Delay(2 * Minute, _time);
        Assert.False(asleep.IsCompleted || two.IsCompleted);
        var delay = Task.Delay(Minute, _time);
        await Task.WhenAll(asleep, two);
        _time.AdvanceToNextTimer();
        await delay;
        Assert.False(longest.IsCompleted);
    }

    private static void Tell(Task made, TaskCompletionSource fired)
    {
        if (made.Wait(Patience))
        {
            fired.SetResult();
        }
    }

    private ITimer Timer(TimeSpan delay) => _time.CreateTimer(_ => _fired++, null, delay, Timeout.InfiniteTimeSpan);
}
