using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage.Rows;

/// <summary>Times and periods as whole microseconds, which is what both databases keep; what is finer is cut off.</summary>
internal static class Micros
{
    private static readonly long EarliestMicros = Of(StoredTime.Earliest);
    private static readonly long LatestMicros = Of(StoredTime.Latest);

    /// <summary>Microseconds since 1970.</summary>
    public static long Of(DateTimeOffset time) => Math.DivRem(time.UtcTicks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMicrosecond) switch
    {
        (var whole, < 0) => whole - 1,
        (var whole, _) => whole,
    };

    public static long? Of(DateTimeOffset? time) => time is { } value ? Of(value) : null;

    public static long Of(TimeSpan period) => period.Ticks / TimeSpan.TicksPerMicrosecond;

    public static long? Of(TimeSpan? period) => period is { } value ? Of(value) : null;

    /// <summary>The time, in UTC and cut to microseconds.</summary>
    public static DateTimeOffset Cut(DateTimeOffset time) => ToTime(Of(time));

    public static DateTimeOffset ToTime(long micros) =>
        new(DateTime.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>The time, or the nearest that a job may have.</summary>
    public static DateTimeOffset ToBoundedTime(long micros) =>
        micros < EarliestMicros ? StoredTime.Earliest : micros > LatestMicros ? StoredTime.Latest : ToTime(micros);

    public static TimeSpan ToPeriod(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
