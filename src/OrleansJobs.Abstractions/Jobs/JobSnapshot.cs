namespace OrleansJobs;

/// <summary>A job as it stood at one moment.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobSnapshot
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(11)]
    private readonly string[] _tags = [];

    [Id(20)]
    private readonly JobAttempt[] _attempts = [];

    [Id(22)]
    private readonly byte[] _payload = [];

    [Id(23)]
    private readonly byte[]? _result;

    /// <summary>The job's identity.</summary>
    [Id(0)]
    public required JobId Id { get; init; }

    /// <summary>The job's class.</summary>
    [Id(1)]
    public required string JobClass { get; init; }

    /// <summary>The job's tenant; empty for the shared one.</summary>
    [Id(2)]
    public string Tenant { get; init; } = "";

    /// <summary>Where the job stands. A job whose due time has come is <see cref="JobState.Queued"/>.</summary>
    [Id(3)]
    public required JobState State { get; init; }

    /// <summary>Changes with every change of the job; used to wait for the next one.</summary>
    [Id(4)]
    public required long Version { get; init; }

    /// <summary>From <see cref="JobLimits.MinPriority"/> to <see cref="JobLimits.MaxPriority"/>, the highest first.</summary>
    [Id(5)]
    public int Priority { get; init; }

    /// <summary>What the job counts for in its tenant's share.</summary>
    [Id(6)]
    public int Cost { get; init; } = 1;

    /// <summary>The attempts used so far, the running one included.</summary>
    [Id(7)]
    public int Attempt { get; init; }

    /// <summary>The attempts the job may use.</summary>
    [Id(8)]
    public int MaxAttempts { get; init; }

    /// <summary>The longest that one attempt may take; null when the class decides.</summary>
    [Id(9)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>The key that makes this job the only one of its class with it, if it has one.</summary>
    [Id(10)]
    public string? UniqueKey { get; init; }

    /// <summary>The job's tags.</summary>
    public IReadOnlyList<string> Tags { get => _tags; init => _tags = WireLists.Array(value); }

    /// <summary>When the job was submitted.</summary>
    [Id(12)]
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The earliest time of the next (or the running) attempt.</summary>
    [Id(13)]
    public DateTimeOffset DueAt { get; init; }

    /// <summary>When the last attempt started.</summary>
    [Id(14)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>
    /// What held the last attempt back for the longest part of the time from when it was due to <see cref="StartedAt"/>;
    /// <see cref="WaitReason.None"/> if nothing did, and in listings. <see cref="DueAt"/> is that time while the attempt runs; when it has ended,
    /// <see cref="JobAttempt.DueAt"/>.
    /// </summary>
    [Id(25)]
    public WaitReason WaitedFor { get; init; }

    /// <summary>When the job reached a terminal state.</summary>
    [Id(15)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The silo that runs, or last ran, the job.</summary>
    [Id(16)]
    public string? Silo { get; init; }

    /// <summary>
    /// Silos that were lost while they ran the job, without those that another job is known to have ended. See
    /// <see cref="JobLimits.SuspectSiloLosses"/>.
    /// </summary>
    [Id(27)]
    public int SiloLosses { get; init; }

    /// <summary>Whether the running attempt has been asked to stop.</summary>
    [Id(17)]
    public bool CancelRequested { get; init; }

    /// <summary>The last reported progress.</summary>
    [Id(18)]
    public JobProgress? Progress { get; init; }

    /// <summary>Why the last attempt failed, or why the job was cancelled or dead-lettered.</summary>
    [Id(19)]
    public JobError? LastError { get; init; }

    /// <summary>Ended attempts, oldest first, at most <see cref="JobLimits.MaxAttemptHistory"/>.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get => _attempts; init => _attempts = WireLists.Array(value); }

    /// <summary>Media type of the payload and the result.</summary>
    [Id(21)]
    public string ContentType { get; init; } = JobSerializer.Json;

    /// <summary>The payload; empty in listings.</summary>
    public ReadOnlyMemory<byte> Payload { get => _payload; init => _payload = WireBytes.Of(value); }

    /// <summary>The result of a job that succeeded; null if it gave none, and in listings.</summary>
    public ReadOnlyMemory<byte>? Result { get => WireBytes.Optional(_result); init => _result = WireBytes.Of(value); }

    /// <summary>W3C trace parent of the submitter, if it had one.</summary>
    [Id(24)]
    public string? TraceParent { get; init; }

    /// <summary>
    /// What the stored row has that the grid cannot work with, because another program wrote it; null if it has nothing, as all rows have that
    /// the grid wrote. What is shown in the place of such a value is not what is stored.
    /// </summary>
    [Id(26)]
    public string? Oddity { get; init; }
}
