using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="WaitingJob"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.waiting-job")]
internal struct WaitingJobSurrogate
{
    [Id(0)]
    public JobId Id;

    [Id(1)]
    public string Tenant;

    [Id(2)]
    public int Priority;

    [Id(3)]
    public int Cost;

    [Id(4)]
    public DateTimeOffset DueAt;

    [Id(5)]
    public JobState State;
}

/// <summary>Moves <see cref="WaitingJob"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class WaitingJobConverter : IConverter<WaitingJob, WaitingJobSurrogate>
{
    public WaitingJob ConvertFromSurrogate(in WaitingJobSurrogate surrogate) => new(
        surrogate.Id,
        surrogate.Tenant,
        surrogate.Priority,
        surrogate.Cost,
        surrogate.DueAt,
        surrogate.State);

    public WaitingJobSurrogate ConvertToSurrogate(in WaitingJob value) => new()
    {
        Id = value.Id,
        Tenant = value.Tenant,
        Priority = value.Priority,
        Cost = value.Cost,
        DueAt = value.DueAt,
        State = value.State,
    };
}
