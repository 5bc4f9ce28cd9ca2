namespace OrleansJobs.Core.Lifecycle;

/// <summary>The way back of a job that ran into the backlog.</summary>
internal static class Requeue
{
    /// <summary>
    /// Queued with its due time, so that it is as far ahead as it was. It ran, so it is due: where a clock that was set back says otherwise, it is due now.
    /// </summary>
    public static JobRecord AtItsPlace(JobRecord record, DateTimeOffset now) =>
        record with { State = JobState.Queued, DueAt = record.DueAt > now ? now : record.DueAt };
}
