namespace OrleansJobs.TestKit;

/// <summary>The machine's clocks, with a wall clock that a test may set; timers and timestamps go on as they do then.</summary>
public sealed class SettableClock : TimeProvider
{
    private long _ticks;

    /// <summary>How far the wall clock is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => new(Volatile.Read(ref _ticks));
        set => Volatile.Write(ref _ticks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
