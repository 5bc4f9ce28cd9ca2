namespace OrleansJobs.Core.Submission;

/// <summary>What the registered options of a job class have to keep to.</summary>
public static class JobClassOptionsRules
{
    /// <summary>Checks the options of a class.</summary>
    /// <returns>Every fault in a sentence, such as <c>email.MaxLocalWorkers is 0; allowed is 1 to 10000.</c> Empty if there is none.</returns>
    public static IReadOnlyList<string> Check(string jobClass, JobClassOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList(JobClassName.IsValid(jobClass) ? $"{jobClass}." : "");
        JobClassName.Check(jobClass, faults);
        CheckLimits(options, faults);
        RateRules.Check(options.Rate, faults);
        RetryRules.Check(options.Retry, faults);
        CheckTimes(options, faults);
        TenantWeightRules.Check([.. options.TenantWeights], options.TenantWeights.Count, faults);
        return faults.All;
    }

    private static void CheckLimits(JobClassOptions options, FaultList faults)
    {
        faults.Range("MaxLocalWorkers", options.MaxLocalWorkers, 1, JobLimits.MaxLocalWorkers);
        if (options.MaxLocalWorkersCeiling != 0)
        {
            var lowest = Math.Clamp(options.MaxLocalWorkers, 1, JobLimits.MaxLocalWorkers);
            faults.Range("MaxLocalWorkersCeiling", options.MaxLocalWorkersCeiling, lowest, JobLimits.MaxLocalWorkers);
        }

        faults.Range("MaxConcurrentJobs", options.MaxConcurrentJobs, 0, JobLimits.MaxConcurrentJobs);
        faults.Range("MaxConcurrentJobsPerTenant", options.MaxConcurrentJobsPerTenant, 0, JobLimits.MaxConcurrentJobs);
    }

    private static void CheckTimes(JobClassOptions options, FaultList faults)
    {
        faults.Range("Timeout", options.Timeout, SubmissionRules.MinTimeout, JobLimits.MaxTimeout);
        faults.Range("Retention", options.Retention, TimeSpan.Zero, JobLimits.MaxRetention);
        if (options.HeartbeatTimeout is { } heartbeat)
        {
            faults.Range("HeartbeatTimeout", heartbeat, SubmissionRules.MinTimeout, JobLimits.MaxTimeout);
        }
    }
}
