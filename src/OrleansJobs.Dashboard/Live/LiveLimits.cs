namespace OrleansJobs.Dashboard;

/// <summary>The limits of what is pushed to pages.</summary>
public static class LiveLimits
{
    /// <summary>Pages that one process pushes to at once; one more is refused with 503.</summary>
    public const int MaxListeners = 1_000;

    /// <summary>Pages of them that one caller, with a key and its sign-ins, may have; one more is refused with 429.</summary>
    public const int MaxListenersPerCaller = 100;

    /// <summary>Lines of a job's log that are looked past in one reading.</summary>
    public const int MaxLogLines = JobLimits.MaxPageSize;

    /// <summary>The shortest time between two readings of the same thing (1 s).</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between two readings while the grid does not answer (10 s); it is doubled up to that.</summary>
    public static readonly TimeSpan MaxTroublePeriod = TimeSpan.FromSeconds(10);

    /// <summary>After what time without news a sign of life is sent (15 s).</summary>
    public static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(15);
}
