namespace OrleansJobs;

/// <summary>What a handler's answer asks for.</summary>
public enum JobResultKind
{
    /// <summary>The job is done.</summary>
    Succeeded,

    /// <summary>Run the job again later; this costs no attempt.</summary>
    Snooze,

    /// <summary>The attempt failed; try again if attempts are left.</summary>
    Retry,

    /// <summary>The job failed for good.</summary>
    DeadLetter,

    /// <summary>The job is not wanted any more.</summary>
    Cancel,
}
