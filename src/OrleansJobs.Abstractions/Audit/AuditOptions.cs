namespace OrleansJobs;

/// <summary>How much a durable audit trail keeps; what is beyond goes as new entries come. Register another one before the engine.</summary>
public sealed record AuditOptions
{
    /// <summary>The fewest entries that may be kept.</summary>
    public const long MinEntries = 1_000;

    /// <summary>The most entries that may be kept.</summary>
    public const long MostEntries = 100_000_000;

    /// <summary>The shortest time for which entries may be kept (1 day).</summary>
    public static readonly TimeSpan ShortestAge = TimeSpan.FromDays(1);

    /// <summary>Entries that are kept at most, from 1,000 to 100,000,000. 1,000,000 by default.</summary>
    public long MaxEntries { get; init; } = 1_000_000;

    /// <summary>How long entries are kept, from 1 day to ten years. 366 days by default.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(366);

    /// <summary>Every fault of these options, each with the key, the value and the range; empty when they are valid.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> faults = [];
        if (MaxEntries is < MinEntries or > MostEntries)
        {
            faults.Add($"Audit:{nameof(MaxEntries)} is {MaxEntries}; it has to be from {MinEntries} to {MostEntries}.");
        }

        if (MaxAge < ShortestAge || MaxAge > JobLimits.MaxRetention)
        {
            faults.Add($"Audit:{nameof(MaxAge)} is {MaxAge}; it has to be from {ShortestAge} to {JobLimits.MaxRetention}.");
        }

        return faults;
    }
}
