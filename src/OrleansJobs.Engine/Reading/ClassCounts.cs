namespace OrleansJobs.Engine.Reading;

/// <summary>Puts the stored counts of a class's jobs to what its dispatcher knows.</summary>
internal static class ClassCounts
{
    /// <summary>
    /// The dispatcher's counts hold only the jobs whose due time has come while they are stored as scheduled or retrying; these are shown
    /// as queued.
    /// </summary>
    public static JobClassStatus Complete(JobClassStatus status, IReadOnlyDictionary<string, JobCounts> stored)
    {
        var counts = stored.GetValueOrDefault(status.JobClass) ?? new JobCounts();
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
