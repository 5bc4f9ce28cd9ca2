namespace OrleansJobs;

/// <summary>How an act ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>The grid refused it, and nothing was changed; <see cref="AuditEntry.Error"/> has the code.</summary>
    Refused,

    /// <summary>It failed; whether anything was changed is not known.</summary>
    Failed,
}
