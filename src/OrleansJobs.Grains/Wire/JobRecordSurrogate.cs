using OrleansJobs.Client.Wire;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="JobRecord"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.record")]
internal struct JobRecordSurrogate
{
    [Id(0)]
    public JobId Id;

    [Id(1)]
    public string JobClass;

    [Id(2)]
    public string Tenant;

    [Id(3)]
    public int Priority;

    [Id(4)]
    public int Cost;

    [Id(5)]
    public string? UniqueKey;

    [Id(6)]
    public string[] Tags;

    [Id(7)]
    public string ContentType;

    [Id(8)]
    public byte[] Payload;

    [Id(9)]
    public string? TraceParent;

    [Id(10)]
    public DateTimeOffset SubmittedAt;

    [Id(11)]
    public int MaxAttempts;

    [Id(12)]
    public TimeSpan? Timeout;

    [Id(13)]
    public long Version;

    [Id(14)]
    public JobState State;

    [Id(15)]
    public DateTimeOffset DueAt;

    [Id(16)]
    public int Attempt;

    [Id(17)]
    public long LeaseToken;

    [Id(18)]
    public string? Silo;

    [Id(19)]
    public int SiloLosses;

    [Id(20)]
    public bool CancelRequested;

    [Id(21)]
    public DateTimeOffset? StartedAt;

    [Id(22)]
    public DateTimeOffset? FinishedAt;

    [Id(23)]
    public TimeSpan LastBackoff;

    [Id(24)]
    public JobProgress? Progress;

    [Id(25)]
    public byte[]? Checkpoint;

    [Id(26)]
    public byte[]? Result;

    [Id(27)]
    public JobError? LastError;

    [Id(28)]
    public JobAttempt[] Attempts;

    [Id(29)]
    public WaitReason WaitedFor;
}

/// <summary>Moves <see cref="JobRecord"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobRecordConverter : IConverter<JobRecord, JobRecordSurrogate>
{
    public JobRecord ConvertFromSurrogate(in JobRecordSurrogate surrogate) => new()
    {
        Id = surrogate.Id,
        JobClass = surrogate.JobClass,
        Tenant = surrogate.Tenant,
        Priority = surrogate.Priority,
        Cost = surrogate.Cost,
        UniqueKey = surrogate.UniqueKey,
        Tags = surrogate.Tags,
        ContentType = surrogate.ContentType,
        Payload = surrogate.Payload,
        TraceParent = surrogate.TraceParent,
        SubmittedAt = surrogate.SubmittedAt,
        MaxAttempts = surrogate.MaxAttempts,
        Timeout = surrogate.Timeout,
        Version = surrogate.Version,
        State = surrogate.State,
        DueAt = surrogate.DueAt,
        Attempt = surrogate.Attempt,
        LeaseToken = surrogate.LeaseToken,
        Silo = surrogate.Silo,
        SiloLosses = surrogate.SiloLosses,
        CancelRequested = surrogate.CancelRequested,
        StartedAt = surrogate.StartedAt,
        WaitedFor = surrogate.WaitedFor,
        FinishedAt = surrogate.FinishedAt,
        LastBackoff = surrogate.LastBackoff,
        Progress = surrogate.Progress,
        Checkpoint = WireBytes.Optional(surrogate.Checkpoint),
        Result = WireBytes.Optional(surrogate.Result),
        LastError = surrogate.LastError,
        Attempts = surrogate.Attempts,
    };

    public JobRecordSurrogate ConvertToSurrogate(in JobRecord value) => new()
    {
        Id = value.Id,
        JobClass = value.JobClass,
        Tenant = value.Tenant,
        Priority = value.Priority,
        Cost = value.Cost,
        UniqueKey = value.UniqueKey,
        Tags = [.. value.Tags],
        ContentType = value.ContentType,
        Payload = WireBytes.Of(value.Payload),
        TraceParent = value.TraceParent,
        SubmittedAt = value.SubmittedAt,
        MaxAttempts = value.MaxAttempts,
        Timeout = value.Timeout,
        Version = value.Version,
        State = value.State,
        DueAt = value.DueAt,
        Attempt = value.Attempt,
        LeaseToken = value.LeaseToken,
        Silo = value.Silo,
        SiloLosses = value.SiloLosses,
        CancelRequested = value.CancelRequested,
        StartedAt = value.StartedAt,
        WaitedFor = value.WaitedFor,
        FinishedAt = value.FinishedAt,
        LastBackoff = value.LastBackoff,
        Progress = value.Progress,
        Checkpoint = WireBytes.Of(value.Checkpoint),
        Result = WireBytes.Of(value.Result),
        LastError = value.LastError,
        Attempts = [.. value.Attempts],
    };
}
