namespace OrleansJobs.Core.Submission;

/// <summary>What the weights of tenants have to keep to.</summary>
internal static class TenantWeightRules
{
    /// <param name="weights">The weights as they are given.</param>
    /// <param name="total">How many tenants have a weight of their own with them.</param>
    /// <param name="faults">Where faults go.</param>
    public static void Check(IReadOnlyCollection<KeyValuePair<string, int>> weights, int total, FaultList faults)
    {
        var count = Math.Max(weights.Count, total);
        faults.Range("TenantWeights.Count", count, 0, JobLimits.MaxTenantWeights);
        if (count > JobLimits.MaxTenantWeights)
        {
            return;
        }

        foreach (var (tenant, weight) in weights)
        {
            faults.Text("TenantWeights key", tenant, 0, JobLimits.MaxTenantLength);
            faults.Range($"TenantWeights[{FaultList.Show(tenant)}]", weight, 1, JobLimits.MaxTenantWeight);
        }
    }
}
