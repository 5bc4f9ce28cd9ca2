namespace OrleansJobs.Core.Lifecycle;

/// <summary>All that is durable of a job. Immutable: every change is a new record with the next version.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobRecord
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(6)]
    private readonly string[] _tags = [];

    [Id(8)]
    private readonly byte[] _payload = [];

    [Id(25)]
    private readonly byte[]? _checkpoint;

    [Id(26)]
    private readonly byte[]? _result;

    [Id(28)]
    private readonly JobAttempt[] _attempts = [];

    /// <summary>The job's identity.</summary>
    [Id(0)]
    public required JobId Id { get; init; }

    /// <summary>The job's class.</summary>
    [Id(1)]
    public required string JobClass { get; init; }

    /// <summary>The job's tenant; empty for the shared one.</summary>
    [Id(2)]
    public string Tenant { get; init; } = "";

    /// <summary>Dispatch order inside the tenant, the highest first.</summary>
    [Id(3)]
    public int Priority { get; init; } = JobLimits.DefaultPriority;

    /// <summary>What the job counts for in its tenant's share.</summary>
    [Id(4)]
    public int Cost { get; init; } = 1;

    /// <summary>The key that no other kept job of the class has.</summary>
    [Id(5)]
    public string? UniqueKey { get; init; }

    /// <summary>Words to find the job by.</summary>
    public IReadOnlyList<string> Tags { get => _tags; init => _tags = WireLists.Array(value); }

    /// <summary>Media type of payload and result.</summary>
    [Id(7)]
    public string ContentType { get; init; } = JobSerializer.Json;

    /// <summary>The payload.</summary>
    public ReadOnlyMemory<byte> Payload { get => _payload; init => _payload = WireBytes.Of(value); }

    /// <summary>W3C trace parent of the submitter.</summary>
    [Id(9)]
    public string? TraceParent { get; init; }

    /// <summary>When the job was submitted.</summary>
    [Id(10)]
    public DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The attempts the job may use.</summary>
    [Id(11)]
    public int MaxAttempts { get; init; } = 1;

    /// <summary>The longest that one attempt may take; null when the class decides.</summary>
    [Id(12)]
    public TimeSpan? Timeout { get; init; }

    /// <summary>1 when inserted, then one more with every write: the optimistic lock.</summary>
    [Id(13)]
    public long Version { get; init; } = 1;

    /// <summary>The stored state. A waiting job that is due counts as queued; see <see cref="EffectiveState"/>.</summary>
    [Id(14)]
    public JobState State { get; init; }

    /// <summary>The earliest time of the next attempt; for a queued job the time that places it in the backlog.</summary>
    [Id(15)]
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The attempts used, the running one included. A snooze or a release gives one back.</summary>
    [Id(16)]
    public int Attempt { get; init; }

    /// <summary>Rises with every start and every expiry, and never falls: only the holder of the last one may change a running job.</summary>
    [Id(17)]
    public long LeaseToken { get; init; }

    /// <summary>The silo that runs, or last ran, the job.</summary>
    [Id(18)]
    public string? Silo { get; init; }

    /// <summary>How many silos were lost under the job, without those that another job is known to have ended.</summary>
    [Id(19)]
    public int SiloLosses { get; init; }

    /// <summary>Whether the running attempt has been asked to stop.</summary>
    [Id(20)]
    public bool CancelRequested { get; init; }

    /// <summary>When the last attempt started.</summary>
    [Id(21)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What held the last attempt back before it started.</summary>
    [Id(29)]
    public WaitReason WaitedFor { get; init; }

    /// <summary>When the job reached its terminal state.</summary>
    [Id(22)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The backoff before the coming attempt; decorrelated jitter builds on it.</summary>
    [Id(23)]
    public TimeSpan LastBackoff { get; init; }

    /// <summary>The last reported progress.</summary>
    [Id(24)]
    public JobProgress? Progress { get; init; }

    /// <summary>What the handler stored to go on from.</summary>
    public ReadOnlyMemory<byte>? Checkpoint { get => WireBytes.Optional(_checkpoint); init => _checkpoint = WireBytes.Of(value); }

    /// <summary>What a job that succeeded gave.</summary>
    public ReadOnlyMemory<byte>? Result { get => WireBytes.Optional(_result); init => _result = WireBytes.Of(value); }

    /// <summary>Why the last attempt failed, or why the job ended without success.</summary>
    [Id(27)]
    public JobError? LastError { get; init; }

    /// <summary>Ended attempts, oldest first, without the one that succeeded.</summary>
    public IReadOnlyList<JobAttempt> Attempts { get => _attempts; init => _attempts = WireLists.Array(value); }

    /// <summary>
    /// What the row has that the grid cannot work with, in sentences without the row's own words; null if it has nothing. It is found in reading and not stored: the record then has a
    /// value that will do in its place. A job with an oddity is not run.
    /// </summary>
    // A job with an oddity is not started, and no call but the answer to a start carries a record.
    [field: NonSerialized]
    public string? Oddity { get; init; }

    /// <summary>Whether nothing else runs in the process of the running attempt: then a loss of the silo is the job's deed.</summary>
    public bool RunsAlone => State == JobState.Running && WaitedFor == WaitReason.Alone;

    /// <summary>The state to show: a waiting job whose time has come is queued.</summary>
    public JobState EffectiveState(DateTimeOffset now) => State.IsWaiting() && DueAt <= now ? JobState.Queued : State;

    /// <summary>The job as its dispatcher needs it.</summary>
    public Dispatch.WaitingJob ToWaiting() => new(Id, Tenant, Priority, Cost, DueAt, State);
}
