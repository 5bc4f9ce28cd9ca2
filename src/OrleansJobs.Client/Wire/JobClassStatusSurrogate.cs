namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobClassStatus"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.class-status")]
internal struct JobClassStatusSurrogate
{
    [Id(0)]
    public string JobClass;

    [Id(1)]
    public JobClassSettings Settings;

    [Id(2)]
    public int MaxLocalWorkersCeiling;

    [Id(3)]
    public JobCounts Counts;

    [Id(4)]
    public PoolStatus[] Pools;

    [Id(5)]
    public long Started;

    [Id(6)]
    public long Finished;

    [Id(7)]
    public long Failed;

    [Id(8)]
    public DateTimeOffset Since;
}

/// <summary>Moves <see cref="JobClassStatus"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobClassStatusConverter : IConverter<JobClassStatus, JobClassStatusSurrogate>
{
    public JobClassStatus ConvertFromSurrogate(in JobClassStatusSurrogate surrogate) => new()
    {
        JobClass = surrogate.JobClass,
        Settings = surrogate.Settings,
        MaxLocalWorkersCeiling = surrogate.MaxLocalWorkersCeiling,
        Counts = surrogate.Counts,
        Pools = surrogate.Pools,
        Started = surrogate.Started,
        Finished = surrogate.Finished,
        Failed = surrogate.Failed,
        Since = surrogate.Since,
    };

    public JobClassStatusSurrogate ConvertToSurrogate(in JobClassStatus value) => new()
    {
        JobClass = value.JobClass,
        Settings = value.Settings,
        MaxLocalWorkersCeiling = value.MaxLocalWorkersCeiling,
        Counts = value.Counts,
        Pools = [.. value.Pools],
        Started = value.Started,
        Finished = value.Finished,
        Failed = value.Failed,
        Since = value.Since,
    };
}
