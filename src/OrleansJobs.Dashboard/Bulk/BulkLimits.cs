namespace OrleansJobs.Dashboard;

/// <summary>The limits of acts on many jobs.</summary>
public static class BulkLimits
{
    /// <summary>Runs that go on in a process at once; a further one is refused.</summary>
    public const int MaxRunning = 2;

    /// <summary>Runs of which a process still knows how they went; the oldest that has ended is forgotten first.</summary>
    public const int MaxKept = 50;

    /// <summary>Jobs of a run that are acted on at once.</summary>
    public const int MaxConcurrentJobs = 16;

    /// <summary>Jobs on a page that a run reads.</summary>
    public const int PageSize = 500;

    /// <summary>Times in a row that a run asks a grid that does not answer, before it gives up.</summary>
    public const int MaxTries = 10;

    /// <summary>The pause between them (1 s).</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
}
