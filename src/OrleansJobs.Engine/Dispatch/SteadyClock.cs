namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// The time of a dispatcher's life: begins as the wall clock's, and goes on as time does, whatever becomes of that. Not safe for concurrent use.
/// </summary>
internal sealed class SteadyClock
{
    /// <summary>A wall clock that differs by less counts as not set: the two clocks are read one after the other.</summary>
    public static readonly TimeSpan LeastStep = TimeSpan.FromMilliseconds(50);

    /// <summary>Readings between which more time passed say nothing of the difference.</summary>
    private static readonly TimeSpan LongestReading = TimeSpan.FromMilliseconds(5);

    private readonly TimeProvider _time;
    private readonly DateTimeOffset _began;
    private readonly long _beganAt;

    public SteadyClock(TimeProvider time)
    {
        _time = time;
        (_began, _beganAt) = (time.GetUtcNow(), time.GetTimestamp());
    }

    /// <summary>The steady time.</summary>
    public DateTimeOffset Now => _began + _time.GetElapsedTime(_beganAt);

    /// <summary>How far the wall clock is ahead of steady time, as far as that has been noticed.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>Compares the clocks.</summary>
    /// <param name="by">How far the wall clock was set forward since the last look; negative if back.</param>
    /// <returns>Whether the wall clock was set since.</returns>
    public bool WasSet(out TimeSpan by)
    {
        var before = Now;
        var wall = _time.GetUtcNow();
        by = wall - before - Ahead;
        if (by.Duration() < LeastStep || Now - before > LongestReading)
        {
            return false;
        }

        Ahead += by;
        return true;
    }
}
