namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobCounts"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.counts")]
internal struct JobCountsSurrogate
{
    [Id(0)]
    public long Scheduled;

    [Id(1)]
    public long Queued;

    [Id(2)]
    public long Running;

    [Id(3)]
    public long Retrying;

    [Id(4)]
    public long Succeeded;

    [Id(5)]
    public long DeadLettered;

    [Id(6)]
    public long Cancelled;
}

/// <summary>Moves <see cref="JobCounts"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobCountsConverter : IConverter<JobCounts, JobCountsSurrogate>
{
    public JobCounts ConvertFromSurrogate(in JobCountsSurrogate surrogate) => new()
    {
        Scheduled = surrogate.Scheduled,
        Queued = surrogate.Queued,
        Running = surrogate.Running,
        Retrying = surrogate.Retrying,
        Succeeded = surrogate.Succeeded,
        DeadLettered = surrogate.DeadLettered,
        Cancelled = surrogate.Cancelled,
    };

    public JobCountsSurrogate ConvertToSurrogate(in JobCounts value) => new()
    {
        Scheduled = value.Scheduled,
        Queued = value.Queued,
        Running = value.Running,
        Retrying = value.Retrying,
        Succeeded = value.Succeeded,
        DeadLettered = value.DeadLettered,
        Cancelled = value.Cancelled,
    };
}
