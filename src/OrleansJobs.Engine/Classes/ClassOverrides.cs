namespace OrleansJobs.Engine.Classes;

/// <summary>All changes made to a class's limits so far, merged: the latest word on each.</summary>
public sealed record ClassOverrides
{
    /// <summary>The number of changes.</summary>
    public long Revision { get; init; }

    /// <summary>What they come to.</summary>
    public JobClassChange Change { get; init; } = new();

    /// <summary>These changes and one more.</summary>
    public ClassOverrides With(JobClassChange change) => new()
    {
        Revision = Revision + 1,
        Change = new JobClassChange
        {
            MaxLocalWorkers = change.MaxLocalWorkers ?? Change.MaxLocalWorkers,
            MaxConcurrentJobs = change.MaxConcurrentJobs ?? Change.MaxConcurrentJobs,
            MaxConcurrentJobsPerTenant = change.MaxConcurrentJobsPerTenant ?? Change.MaxConcurrentJobsPerTenant,
            Rate = change.Rate ?? Change.Rate,
            Paused = change.Paused ?? Change.Paused,
            TenantWeights = Merge(Change.TenantWeights, change.TenantWeights),
        },
    };

    private static Dictionary<string, int>? Merge(IReadOnlyDictionary<string, int>? before, IReadOnlyDictionary<string, int>? change)
    {
        if (before is null && change is null)
        {
            return null;
        }

        var merged = new Dictionary<string, int>(before ?? new Dictionary<string, int>(), StringComparer.Ordinal);
        foreach (var (tenant, weight) in change ?? new Dictionary<string, int>())
        {
            merged[tenant] = weight;
        }

        return merged;
    }
}
