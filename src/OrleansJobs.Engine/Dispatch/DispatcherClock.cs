namespace OrleansJobs.Engine.Dispatch;

/// <summary>Turns the core's wake-up time into a timer's due time.</summary>
internal static class DispatcherClock
{
    /// <summary>A timer never sleeps longer; waking early costs nothing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Timers tick in milliseconds: one that fires early would find nothing to do and be set again.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    public static TimeSpan Until(DateTimeOffset? wakeAt, DateTimeOffset now)
    {
        if (wakeAt is not { } at)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var delay = at - now + Grain;
        return delay < Grain ? Grain : delay > Longest ? Longest : delay;
    }
}
