namespace OrleansJobs.Core.Dispatch;

/// <summary>The limits and periods of a dispatcher.</summary>
public sealed record DispatcherOptions
{
    /// <summary>Jobs that came in while a page was being read and that are kept beside a window until it is there.</summary>
    internal const int MaxArrivals = 256;

    /// <summary>Names of lost silos that are remembered, so that a silo which does not know that it is dead gets nothing more.</summary>
    internal const int MaxLostSilos = 1_024;

    /// <summary>Stops of jobs that are not known yet and that are remembered; of more, the store has to tell.</summary>
    internal const int MaxStopsAhead = 1_024;

    /// <summary>How long a lease lives without being renewed; from 1 s to 1 h. 30 s by default.</summary>
    public TimeSpan LeaseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Due jobs of the class in memory; the others stay in the store only. From 1 to 1,000,000; 50,000 by default.</summary>
    public int MaxWindow { get; init; } = 50_000;

    /// <summary>
    /// Tenants with due jobs in memory, and never more than <see cref="MaxWindow"/>; the others stay in the store only until it is their turn.
    /// From 1 to 1,000,000; 10,000 by default.
    /// </summary>
    public int MaxTenants { get; init; } = 10_000;

    /// <summary>Jobs in memory that are not due yet. From 1 to 1,000,000; 10,000 by default.</summary>
    public int DueWindow { get; init; } = 10_000;

    /// <summary>Leases that one silo is given in one answer. From 1 to 10,000; 512 by default.</summary>
    public int MaxGrantsPerExchange { get; init; } = 512;

    /// <summary>Jobs in one page from the store. From 1 to 10,000; 1,000 by default.</summary>
    public int PageSize { get; init; } = 1_000;

    /// <summary>Pages that are read from the store at once. From 1 to 64; 4 by default.</summary>
    public int MaxOutstandingPages { get; init; } = 4;

    /// <summary>How long no page is asked for after one failed; from 1 ms to 1 min. 1 s by default.</summary>
    public TimeSpan PageRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a new life waits for the silos to say what they hold; from 0 to 5 min. 5 s by default.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a restart of the dispatcher may delay a start under a rate by: up to this long between two starts, each life begins without saved-up
    /// starts; slower rates are kept in the store. From 0 to 1 day; 1 min by default.
    /// </summary>
    public TimeSpan LongestRateLoss { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Checks every value.</summary>
    /// <exception cref="InvalidOptionsException">Some are out of range; all of them are named.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Check(faults, nameof(LeaseTimeout), LeaseTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Check(faults, nameof(MaxWindow), MaxWindow, 1, 1_000_000);
        Check(faults, nameof(MaxTenants), MaxTenants, 1, 1_000_000);
        Check(faults, nameof(DueWindow), DueWindow, 1, 1_000_000);
        Check(faults, nameof(MaxGrantsPerExchange), MaxGrantsPerExchange, 1, 10_000);
        Check(faults, nameof(PageSize), PageSize, 1, 10_000);
        Check(faults, nameof(MaxOutstandingPages), MaxOutstandingPages, 1, 64);
        Check(faults, nameof(PageRetryDelay), PageRetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        Check(faults, nameof(RecoveryTimeout), RecoveryTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Check(faults, nameof(LongestRateLoss), LongestRateLoss, TimeSpan.Zero, TimeSpan.FromDays(1));
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }

    private static void Check<T>(List<string> faults, string key, T value, T min, T max) where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            faults.Add($"DispatcherOptions.{key} is {value}; it has to be from {min} to {max}.");
        }
    }
}
