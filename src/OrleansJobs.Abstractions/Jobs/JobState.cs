namespace OrleansJobs;

/// <summary>
/// Where a job stands. <c>Scheduled → Queued → Running → Succeeded | Retrying (→ Queued) | DeadLettered | Cancelled</c>;
/// a snooze goes <c>Running → Scheduled</c>. The numbers are stored and never change.
/// </summary>
public enum JobState
{
    /// <summary>Waits for its due time. Once that has come the job is shown as <see cref="Queued"/>.</summary>
    Scheduled = 0,

    /// <summary>Waits in the backlog for a slot.</summary>
    Queued = 1,

    /// <summary>Holds a slot; an attempt runs under a lease.</summary>
    Running = 2,

    /// <summary>Failed, and waits for its next attempt. Once that is due the job is shown as <see cref="Queued"/>.</summary>
    Retrying = 3,

    /// <summary>Ended well. Terminal.</summary>
    Succeeded = 4,

    /// <summary>Ended without success and will not be tried again by itself. Terminal, until retried by hand.</summary>
    DeadLettered = 5,

    /// <summary>Ended by request. Terminal, until retried by hand.</summary>
    Cancelled = 6,
}
