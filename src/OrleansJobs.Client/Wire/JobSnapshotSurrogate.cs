namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobSnapshot"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.snapshot")]
internal struct JobSnapshotSurrogate
{
    [Id(0)]
    public JobId Id;

    [Id(1)]
    public string JobClass;

    [Id(2)]
    public string Tenant;

    [Id(3)]
    public JobState State;

    [Id(4)]
    public long Version;

    [Id(5)]
    public int Priority;

    [Id(6)]
    public int Cost;

    [Id(7)]
    public int Attempt;

    [Id(8)]
    public int MaxAttempts;

    [Id(9)]
    public TimeSpan? Timeout;

    [Id(10)]
    public string? UniqueKey;

    [Id(11)]
    public string[] Tags;

    [Id(12)]
    public DateTimeOffset SubmittedAt;

    [Id(13)]
    public DateTimeOffset DueAt;

    [Id(14)]
    public DateTimeOffset? StartedAt;

    [Id(15)]
    public DateTimeOffset? FinishedAt;

    [Id(16)]
    public string? Silo;

    [Id(17)]
    public bool CancelRequested;

    [Id(18)]
    public JobProgress? Progress;

    [Id(19)]
    public JobError? LastError;

    [Id(20)]
    public JobAttempt[] Attempts;

    [Id(21)]
    public string ContentType;

    [Id(22)]
    public byte[] Payload;

    [Id(23)]
    public byte[]? Result;

    [Id(24)]
    public string? TraceParent;

    [Id(25)]
    public WaitReason WaitedFor;

    [Id(26)]
    public string? Oddity;

    [Id(27)]
    public int SiloLosses;
}

/// <summary>Moves <see cref="JobSnapshot"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobSnapshotConverter : IConverter<JobSnapshot, JobSnapshotSurrogate>
{
    public JobSnapshot ConvertFromSurrogate(in JobSnapshotSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        JobClass = surrogate.JobClass,
        Tenant = surrogate.Tenant,
        State = surrogate.State,
        Version = surrogate.Version,
        Priority = surrogate.Priority,
        Cost = surrogate.Cost,
        Attempt = surrogate.Attempt,
        MaxAttempts = surrogate.MaxAttempts,
        Timeout = surrogate.Timeout,
        UniqueKey = surrogate.UniqueKey,
        Tags = surrogate.Tags,
        SubmittedAt = surrogate.SubmittedAt,
        DueAt = surrogate.DueAt,
        StartedAt = surrogate.StartedAt,
        WaitedFor = surrogate.WaitedFor,
        FinishedAt = surrogate.FinishedAt,
        Silo = surrogate.Silo,
        SiloLosses = surrogate.SiloLosses,
        CancelRequested = surrogate.CancelRequested,
        Progress = surrogate.Progress,
        LastError = surrogate.LastError,
        Attempts = surrogate.Attempts,
        ContentType = surrogate.ContentType,
        Payload = surrogate.Payload,
        Result = WireBytes.Optional(surrogate.Result),
        TraceParent = surrogate.TraceParent,
        Oddity = surrogate.Oddity,
    };

    public JobSnapshotSurrogate ConvertToSurrogate(in JobSnapshot value) => new()
    {
        Id = value.Id,
        JobClass = value.JobClass,
        Tenant = value.Tenant,
        State = value.State,
        Version = value.Version,
        Priority = value.Priority,
        Cost = value.Cost,
        Attempt = value.Attempt,
        MaxAttempts = value.MaxAttempts,
        Timeout = value.Timeout,
        UniqueKey = value.UniqueKey,
        Tags = [.. value.Tags],
        SubmittedAt = value.SubmittedAt,
        DueAt = value.DueAt,
        StartedAt = value.StartedAt,
        WaitedFor = value.WaitedFor,
        FinishedAt = value.FinishedAt,
        Silo = value.Silo,
        SiloLosses = value.SiloLosses,
        CancelRequested = value.CancelRequested,
        Progress = value.Progress,
        LastError = value.LastError,
        Attempts = [.. value.Attempts],
        ContentType = value.ContentType,
        Payload = WireBytes.Of(value.Payload),
        Result = WireBytes.Of(value.Result),
        TraceParent = value.TraceParent,
        Oddity = value.Oddity,
    };
}
