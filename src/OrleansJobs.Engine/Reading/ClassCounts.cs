namespace OrleansJobs.Engine.Reading;

/// <summary>Puts the stored counts of a class's jobs to what its dispatcher knows.</summary>
internal static class ClassCounts
{
    /// <summary>The counts of the status's class out of those of all.</summary>
    public static JobClassStatus Complete(JobClassStatus status, IReadOnlyDictionary<string, JobCounts> stored) =>
        Complete(status, Of(status.JobClass, stored));

    /// <summary>The counts of one class out of those of all; zeros for a class without jobs.</summary>
    public static JobCounts Of(string jobClass, IReadOnlyDictionary<string, JobCounts> stored) =>
        stored.GetValueOrDefault(jobClass) ?? new JobCounts();

    /// <summary>
    /// The dispatcher's counts hold only the jobs whose due time has come while they are stored as scheduled or retrying; these are shown
    /// as queued.
    /// </summary>
    public static JobClassStatus Complete(JobClassStatus status, JobCounts counts)
    {
        var scheduledDue = Math.Min(status.Counts.Scheduled, counts.Scheduled);
        var retryingDue = Math.Min(status.Counts.Retrying, counts.Retrying);
        return status with
        {
            Counts = counts with
            {
                Scheduled = counts.Scheduled - scheduledDue,
                Retrying = counts.Retrying - retryingDue,
                Queued = counts.Queued + scheduledDue + retryingDue,
            },
        };
    }
}
