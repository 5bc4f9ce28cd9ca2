namespace OrleansJobs.Engine.Jobs;

/// <summary>How long a call may be made to wait.</summary>
internal static class JobWaits
{
    /// <summary>The longest that one call of a long poll waits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static TimeSpan Bounded(TimeSpan wanted) =>
        wanted < TimeSpan.Zero ? TimeSpan.Zero : wanted > Longest ? Longest : wanted;
}
