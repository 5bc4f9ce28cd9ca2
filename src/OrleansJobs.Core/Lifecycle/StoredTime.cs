namespace OrleansJobs.Core.Lifecycle;

/// <summary>
/// Times of records have whole microseconds, which is what databases keep. A finer one would come back from the store as another: the
/// dispatcher's order, in memory and in the store, would not be the same, and a job could fall between the two.
/// </summary>
public static class StoredTime
{
    /// <summary>The earliest time that a job may have: 1900.</summary>
    public static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The latest time that a job may have: the year 9000. Databases know later ones, and infinity, with which nothing can be reckoned.</summary>
    public static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time, in UTC and cut to microseconds.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => new(time.UtcTicks - Excess(time.UtcTicks), TimeSpan.Zero);

    /// <summary>The time, in UTC and on the next microsecond if it is between two: for what must not happen earlier.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset time) =>
        Excess(time.UtcTicks) == 0 ? Cut(time) : Cut(time).AddTicks(TimeSpan.TicksPerMicrosecond);

    private static long Excess(long ticks) => ticks % TimeSpan.TicksPerMicrosecond;
}
