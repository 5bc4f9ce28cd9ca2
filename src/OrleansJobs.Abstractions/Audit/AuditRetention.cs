namespace OrleansJobs;

/// <summary>How many entries of one <see cref="AuditKind"/> a durable audit trail keeps, and for how long.</summary>
public sealed record AuditRetention
{
    /// <summary>Entries that are kept at most, from <see cref="AuditOptions.MinEntries"/> to <see cref="AuditOptions.MostEntries"/>.</summary>
    public required long MaxEntries { get; init; }

    /// <summary>How long entries are kept, from <see cref="AuditOptions.ShortestAge"/> to <see cref="JobLimits.MaxRetention"/>. 366 days by default.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(366);

    internal IEnumerable<string> Check(string name)
    {
        if (MaxEntries is < AuditOptions.MinEntries or > AuditOptions.MostEntries)
        {
            yield return $"Audit:{name}:{nameof(MaxEntries)} is {MaxEntries}; it has to be from {AuditOptions.MinEntries} to {AuditOptions.MostEntries}.";
        }

        if (MaxAge < AuditOptions.ShortestAge || MaxAge > JobLimits.MaxRetention)
        {
            yield return $"Audit:{name}:{nameof(MaxAge)} is {MaxAge}; it has to be from {AuditOptions.ShortestAge} to {JobLimits.MaxRetention}.";
        }
    }
}
