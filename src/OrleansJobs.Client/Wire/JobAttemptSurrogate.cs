namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobAttempt"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.attempt")]
internal struct JobAttemptSurrogate
{
    [Id(0)]
    public int Number;

    [Id(1)]
    public string Silo;

    [Id(2)]
    public DateTimeOffset StartedAt;

    [Id(3)]
    public DateTimeOffset EndedAt;

    [Id(4)]
    public AttemptOutcome Outcome;

    [Id(5)]
    public JobError? Error;

    [Id(6)]
    public string? TraceParent;

    [Id(7)]
    public DateTimeOffset? DueAt;

    [Id(8)]
    public WaitReason WaitedFor;
}

/// <summary>Moves <see cref="JobAttempt"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobAttemptConverter : IConverter<JobAttempt, JobAttemptSurrogate>
{
    public JobAttempt ConvertFromSurrogate(in JobAttemptSurrogate surrogate) => new(
        surrogate.Number,
        surrogate.Silo,
        surrogate.StartedAt,
        surrogate.EndedAt,
        surrogate.Outcome,
        surrogate.Error)
    {
        TraceParent = surrogate.TraceParent,
        DueAt = surrogate.DueAt,
        WaitedFor = surrogate.WaitedFor,
    };

    public JobAttemptSurrogate ConvertToSurrogate(in JobAttempt value) => new()
    {
        Number = value.Number,
        Silo = value.Silo,
        StartedAt = value.StartedAt,
        EndedAt = value.EndedAt,
        Outcome = value.Outcome,
        Error = value.Error,
        TraceParent = value.TraceParent,
        DueAt = value.DueAt,
        WaitedFor = value.WaitedFor,
    };
}
