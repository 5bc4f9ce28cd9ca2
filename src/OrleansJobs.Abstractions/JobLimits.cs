namespace OrleansJobs;

/// <summary>Every fixed limit of the grid, by name. Input over a limit is refused with an error that states the limit.</summary>
public static class JobLimits
{
    /// <summary>Largest payload of one job, in bytes (1 MiB).</summary>
    public const int MaxPayloadBytes = 1024 * 1024;

    /// <summary>Largest result of one job, in bytes (256 KiB).</summary>
    public const int MaxResultBytes = 256 * 1024;

    /// <summary>Largest checkpoint of one job, in bytes (64 KiB).</summary>
    public const int MaxCheckpointBytes = 64 * 1024;

    /// <summary>Longest stored error message, in characters; longer ones are cut.</summary>
    public const int MaxErrorMessageLength = 2_048;

    /// <summary>Longest stored stack trace, in characters; longer ones are cut.</summary>
    public const int MaxErrorStackLength = 8_192;

    /// <summary>Longest name of an error's type, in characters; longer ones are cut.</summary>
    public const int MaxErrorTypeLength = 512;

    /// <summary>Most that a line in the host's log holds of a handler's exception, in characters; longer ones are cut.</summary>
    public const int MaxLoggedErrorLength = 16_384;

    /// <summary>Number of ended attempts that a job remembers; older ones are dropped.</summary>
    public const int MaxAttemptHistory = 20;

    /// <summary>Longest progress message, in characters; longer ones are cut.</summary>
    public const int MaxProgressMessageLength = 256;

    /// <summary>Longest reason given for a cancel or a dead letter, in characters; longer ones are cut.</summary>
    public const int MaxReasonLength = 1_024;

    /// <summary>Longest name of a job class, in characters.</summary>
    public const int MaxJobClassLength = 64;

    /// <summary>Longest tenant name, in characters.</summary>
    public const int MaxTenantLength = 128;

    /// <summary>Longest unique key, in characters.</summary>
    public const int MaxUniqueKeyLength = 256;

    /// <summary>Longest content type, in characters.</summary>
    public const int MaxContentTypeLength = 128;

    /// <summary>Largest number of tags on a job.</summary>
    public const int MaxTags = 16;

    /// <summary>Longest tag, in characters.</summary>
    public const int MaxTagLength = 64;

    /// <summary>Lowest priority of a job.</summary>
    public const int MinPriority = 0;

    /// <summary>Priority of a job that names none.</summary>
    public const int DefaultPriority = 5;

    /// <summary>Highest priority of a job; it is dispatched first.</summary>
    public const int MaxPriority = 9;

    /// <summary>Largest cost of a job; the smallest, and the default, is 1.</summary>
    public const int MaxCost = 1_000;

    /// <summary>Largest number of attempts a job may be given.</summary>
    public const int MaxAttempts = 1_000;

    /// <summary>Largest weight of a tenant; the smallest, and the default, is 1.</summary>
    public const int MaxTenantWeight = 1_000;

    /// <summary>Largest number of tenants with a weight of their own in one class.</summary>
    public const int MaxTenantWeights = 10_000;

    /// <summary>Longest delay, due time ahead of now, backoff or snooze (366 days).</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(366);

    /// <summary>Longest timeout of one attempt (7 days).</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(7);

    /// <summary>Longest time that finished jobs are kept (ten years).</summary>
    public static readonly TimeSpan MaxRetention = TimeSpan.FromDays(3_653);

    /// <summary>Largest number of jobs in one submit call.</summary>
    public const int MaxSubmitBatch = 10_000;

    /// <summary>
    /// Most bytes of payloads that travel to the grid in one message (32 MiB). The client sends a larger batch in several; it is not
    /// refused.
    /// </summary>
    public const int MaxSubmitBatchBytes = 32 * 1024 * 1024;

    /// <summary>Largest page of a listing.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>
    /// Most jobs that a page of a listing looks at (100,000): it then ends, full or not, and its cursor says where to go on. It ends earlier
    /// when it has taken <see cref="MaxListingTime"/>. So the answer's time does not depend on how rare the jobs are that are looked for.
    /// </summary>
    public const int MaxRowsExamined = 100_000;

    /// <summary>A page of a listing that is not full looks no further after this time (40 ms).</summary>
    public static readonly TimeSpan MaxListingTime = TimeSpan.FromMilliseconds(40);

    /// <summary>Shortest text that errors are searched for, in characters.</summary>
    public const int MinErrorTextLength = 3;

    /// <summary>Longest text that errors are searched for, in characters.</summary>
    public const int MaxErrorTextLength = 200;

    /// <summary>
    /// A page of a results queue ends with the job that brings it to so many bytes (16 MiB) of payloads, checkpoints, results and errors,
    /// even if there are more; the next page goes on after it.
    /// </summary>
    public const int MaxPageBytes = 16 * 1024 * 1024;

    /// <summary>Largest number of permits of one pool on one silo.</summary>
    public const int MaxLocalWorkers = 10_000;

    /// <summary>Largest number of jobs of one class that may run at once in the cluster.</summary>
    public const int MaxConcurrentJobs = 1_000_000;

    /// <summary>
    /// A job under which so many silos were lost (2) is suspected of ending them: a silo runs at most <see cref="MaxSuspects"/> such jobs at
    /// once. A retry by hand sets the count of losses to 0.
    /// </summary>
    public const int SuspectSiloLosses = 2;

    /// <summary>
    /// A job under which so many silos were lost (3) runs alone in its process. If that silo is lost too, the job is dead-lettered.
    /// </summary>
    public const int AloneSiloLosses = 3;

    /// <summary>Suspected jobs that a silo runs at once, of all classes together.</summary>
    public const int MaxSuspects = 2;

    /// <summary>
    /// Shortest time for which nothing else starts on a silo while a suspected job runs alone on it (1 minute), unless the job ends sooner.
    /// </summary>
    public static readonly TimeSpan MinIsolation = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Longest time for which nothing else starts on a silo while a suspected job runs alone on it (5 minutes). After it others run beside the
    /// job, and a loss of the silo convicts it no more.
    /// </summary>
    public static readonly TimeSpan MaxIsolation = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a silo starts nothing, so that it becomes empty for a job that has to run alone (1 minute; twice as long each time that was in
    /// vain, up to 8 minutes).
    /// </summary>
    public static readonly TimeSpan MaxIsolationWait = TimeSpan.FromMinutes(1);
}
