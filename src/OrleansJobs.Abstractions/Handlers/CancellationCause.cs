namespace OrleansJobs;

/// <summary>Why <see cref="JobContext.CancellationToken"/> fired.</summary>
public enum CancellationCause
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The attempt took longer than its timeout; it counts as failed.</summary>
    Timeout,

    /// <summary>The attempt gave no heartbeat in time; it counts as failed.</summary>
    HeartbeatTimeout,

    /// <summary>The job was cancelled.</summary>
    Cancelled,

    /// <summary>The silo is draining; the job goes back to the backlog at no cost of an attempt.</summary>
    Draining,

    /// <summary>The lease is lost: another silo may run the job by now, so nothing this attempt does counts.</summary>
    LeaseLost,
}
