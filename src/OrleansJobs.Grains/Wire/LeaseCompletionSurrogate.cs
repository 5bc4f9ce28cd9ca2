using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="LeaseCompletion"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.completion")]
internal struct LeaseCompletionSurrogate
{
    [Id(0)]
    public JobId JobId;

    [Id(1)]
    public LeaseId LeaseId;

    [Id(2)]
    public JobState State;

    [Id(3)]
    public DateTimeOffset DueAt;

    [Id(4)]
    public bool Started;

    [Id(5)]
    public bool Failed;

    [Id(6)]
    public TimeSpan RunTime;

    [Id(7)]
    public JobError? Error;
}

/// <summary>Moves <see cref="LeaseCompletion"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class LeaseCompletionConverter : IConverter<LeaseCompletion, LeaseCompletionSurrogate>
{
    public LeaseCompletion ConvertFromSurrogate(in LeaseCompletionSurrogate surrogate) => new(
        surrogate.JobId,
        surrogate.LeaseId,
        surrogate.State,
        surrogate.DueAt,
        surrogate.Started,
        surrogate.Failed,
        surrogate.RunTime)
    {
        Error = surrogate.Error,
    };

    public LeaseCompletionSurrogate ConvertToSurrogate(in LeaseCompletion value) => new()
    {
        JobId = value.JobId,
        LeaseId = value.LeaseId,
        State = value.State,
        DueAt = value.DueAt,
        Started = value.Started,
        Failed = value.Failed,
        RunTime = value.RunTime,
        Error = value.Error,
    };
}
