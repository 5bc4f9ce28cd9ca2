namespace OrleansJobs;

/// <summary>Bounds on what a grid keeps and shows beside its jobs.</summary>
public static class InsightLimits
{
    /// <summary>Tenants of a class that are shown.</summary>
    public const int MaxTenantsShown = 100;

    /// <summary>Kinds of failure that are kept of a class; the one that is longest without a new failure goes first.</summary>
    public const int MaxErrorGroups = 100;

    /// <summary>Characters of a failure's message that are kept.</summary>
    public const int MaxGroupMessageLength = 300;

    /// <summary>Running jobs that are shown of a silo.</summary>
    public const int MaxRunningShown = 500;

    /// <summary>Lines that are kept of one attempt; later ones are left out, and the last line says how many.</summary>
    public const int MaxLogLinesPerAttempt = 200;

    /// <summary>Characters that are kept of one line.</summary>
    public const int MaxLogLineLength = 2_000;

    /// <summary>Runs of one job, counted by its leases, of which lines are kept; those of older ones go.</summary>
    public const int MaxLoggedRuns = 20;
}
