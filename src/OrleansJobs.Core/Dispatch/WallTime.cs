namespace OrleansJobs.Core.Dispatch;

/// <summary>Turns instants by the wall clock into steady time.</summary>
internal static class WallTime
{
    /// <summary>The steady time of an instant; the first or the last one that there is, for an instant at the edge.</summary>
    /// <param name="at">The instant by the wall clock.</param>
    /// <param name="ahead">How far that is ahead of steady time.</param>
    public static DateTimeOffset ToSteady(DateTimeOffset at, TimeSpan ahead) =>
        new(Math.Clamp(at.UtcTicks - ahead.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
