namespace OrleansJobs.Core.Submission;

/// <summary>What a rate has to keep to.</summary>
internal static class RateRules
{
    public static void Check(Rate rate, FaultList faults)
    {
        faults.Range("Rate.Permits", rate.Permits, 0, Rate.MaxPermits);
        if (!rate.IsUnlimited)
        {
            faults.Range("Rate.Period", rate.Period, Rate.MinPeriod, Rate.MaxPeriod);
            faults.Range("Rate.Burst", rate.Burst, 1, Rate.MaxPermits);
        }
    }
}
