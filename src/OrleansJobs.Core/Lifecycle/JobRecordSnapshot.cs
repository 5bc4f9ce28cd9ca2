namespace OrleansJobs.Core.Lifecycle;

/// <summary>Shows a record to the outside.</summary>
public static class JobRecordSnapshot
{
    /// <summary>The job as callers see it.</summary>
    public static JobSnapshot ToSnapshot(this JobRecord record, DateTimeOffset now) => new()
    {
        Id = record.Id,
        JobClass = record.JobClass,
        Tenant = record.Tenant,
        State = record.EffectiveState(now),
        Version = record.Version,
        Priority = record.Priority,
        Cost = record.Cost,
        Attempt = record.Attempt,
        MaxAttempts = record.MaxAttempts,
        Timeout = record.Timeout,
        UniqueKey = record.UniqueKey,
        Tags = record.Tags,
        SubmittedAt = record.SubmittedAt,
        DueAt = record.DueAt,
        StartedAt = record.StartedAt,
        WaitedFor = record.WaitedFor,
        FinishedAt = record.FinishedAt,
        Silo = record.Silo,
        SiloLosses = record.SiloLosses,
        CancelRequested = record.CancelRequested,
        Progress = record.Progress,
        LastError = record.LastError,
        Attempts = AllAttempts(record),
        ContentType = record.ContentType,
        Payload = record.Payload,
        Result = record.Result,
        TraceParent = record.TraceParent,
        Oddity = record.Oddity,
    };

    private static IReadOnlyList<JobAttempt> AllAttempts(JobRecord record) => record is
        { State: JobState.Succeeded, StartedAt: { } startedAt, FinishedAt: { } finishedAt, Silo: { } silo }
        ?
        [
            .. record.Attempts,
            new JobAttempt(record.Attempt, silo, startedAt, finishedAt, AttemptOutcome.Succeeded, null) { DueAt = record.DueAt, WaitedFor = record.WaitedFor },
        ]
        : record.Attempts;
}
