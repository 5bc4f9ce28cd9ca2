namespace OrleansJobs;

/// <summary>The names of acts in the audit trail.</summary>
public static class AuditVerb
{
    /// <summary>Submitted jobs.</summary>
    public const string Submit = "submit";

    /// <summary>Cancelled a job.</summary>
    public const string Cancel = "cancel";

    /// <summary>Retried a job by hand.</summary>
    public const string Retry = "retry";

    /// <summary>Sent a job to the dead letters.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>Deleted an ended job.</summary>
    public const string Delete = "delete";

    /// <summary>Asked for an act on many jobs without saying which.</summary>
    public const string Bulk = "bulk";

    /// <summary>Began to cancel the jobs of a filter.</summary>
    public const string BulkCancel = "bulk-cancel";

    /// <summary>Began to retry the jobs of a filter.</summary>
    public const string BulkRetry = "bulk-retry";

    /// <summary>Began to send the jobs of a filter to the dead letters.</summary>
    public const string BulkDeadLetter = "bulk-dead-letter";

    /// <summary>Began to delete the ended jobs of a filter.</summary>
    public const string BulkDelete = "bulk-delete";

    /// <summary>Stopped an act on many jobs.</summary>
    public const string BulkStop = "bulk-stop";

    /// <summary>An act on many jobs has ended; <see cref="AuditEntry.Jobs"/> says to how many it was done.</summary>
    public const string BulkEnd = "bulk-end";

    /// <summary>Paused a class.</summary>
    public const string Pause = "pause";

    /// <summary>Resumed a class.</summary>
    public const string Resume = "resume";

    /// <summary>Changed a class's limits.</summary>
    public const string ChangeLimits = "change-limits";

    /// <summary>Had a silo take no more jobs.</summary>
    public const string Drain = "drain";

    /// <summary>Signed in to the pages.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Showed a key that is not let in.</summary>
    public const string WrongKey = "wrong-key";

    /// <summary>Signed out of the pages.</summary>
    public const string SignOut = "sign-out";
}
