namespace OrleansJobs;

/// <summary>How an attempt ended. The numbers are stored and never change.</summary>
public enum AttemptOutcome
{
    /// <summary>It succeeded.</summary>
    Succeeded = 0,

    /// <summary>It failed.</summary>
    Failed = 1,

    /// <summary>It asked to run later; this costs no attempt.</summary>
    Snoozed = 2,

    /// <summary>It was cancelled.</summary>
    Cancelled = 3,

    /// <summary>Its silo was lost.</summary>
    Lost = 4,

    /// <summary>Its silo was draining and gave the job back; this costs no attempt.</summary>
    Released = 5,
}
