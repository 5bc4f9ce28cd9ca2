namespace OrleansJobs.Core.Submission;

/// <summary>What a change of a class's limits has to keep to, and what it makes of them.</summary>
public static class JobClassChangeRules
{
    /// <summary>Applies a change as a whole or not at all.</summary>
    /// <param name="current">The limits in force.</param>
    /// <param name="change">What to change; what is null stays.</param>
    /// <param name="ceiling">The largest <see cref="JobClassSettings.MaxLocalWorkers"/> that the class's pools can give.</param>
    /// <returns>
    /// The new limits, with the next revision, and no faults; the same limits if nothing differs. With faults, each a sentence, nothing
    /// is changed.
    /// </returns>
    public static (JobClassSettings Next, IReadOnlyList<string> Faults) Apply(
        JobClassSettings current, JobClassChange change, int ceiling)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(change);
        var weights = Merge(current.TenantWeights, change.TenantWeights);
        var faults = Check(change, weights.Count, ceiling);
        if (faults.Count > 0)
        {
            return (current, faults);
        }

        var next = current with
        {
            MaxLocalWorkers = change.MaxLocalWorkers ?? current.MaxLocalWorkers,
            MaxConcurrentJobs = change.MaxConcurrentJobs ?? current.MaxConcurrentJobs,
            MaxConcurrentJobsPerTenant = change.MaxConcurrentJobsPerTenant ?? current.MaxConcurrentJobsPerTenant,
            Rate = change.Rate ?? current.Rate,
            TenantWeights = weights,
            Paused = change.Paused ?? current.Paused,
        };
        return (next == current ? current : next with { Revision = current.Revision + 1 }, faults);
    }

    private static IReadOnlyList<string> Check(JobClassChange change, int weights, int ceiling)
    {
        var faults = new FaultList();
        faults.Range("MaxLocalWorkers", change.MaxLocalWorkers ?? 0, 0, ceiling);
        faults.Range("MaxConcurrentJobs", change.MaxConcurrentJobs ?? 0, 0, JobLimits.MaxConcurrentJobs);
        faults.Range("MaxConcurrentJobsPerTenant", change.MaxConcurrentJobsPerTenant ?? 0, 0, JobLimits.MaxConcurrentJobs);
        RateRules.Check(change.Rate ?? Rate.Unlimited, faults);
        TenantWeightRules.Check(change.TenantWeights ?? new Dictionary<string, int>(), weights, faults);
        return faults.All;
    }

    /// <summary>The weights after the change; the same object if it changes none, so that equal limits stay equal.</summary>
    private static IReadOnlyDictionary<string, int> Merge(
        IReadOnlyDictionary<string, int> current, IReadOnlyDictionary<string, int>? change)
    {
        var merged = new Dictionary<string, int>(current, StringComparer.Ordinal);
        foreach (var (tenant, weight) in change ?? new Dictionary<string, int>())
        {
            if (weight == 1)
            {
                merged.Remove(tenant);
            }
            else
            {
                merged[tenant] = weight;
            }
        }

        var isSame = merged.Count == current.Count
            && merged.All(entry => current.TryGetValue(entry.Key, out var weight) && weight == entry.Value);
        return isSame ? current : merged;
    }
}
