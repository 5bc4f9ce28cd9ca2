namespace OrleansJobs.Client.Wire;

/// <summary><see cref="RunningJob"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.running-job")]
internal struct RunningJobSurrogate
{
    [Id(0)]
    public JobId Id;

    [Id(1)]
    public string JobClass;

    [Id(2)]
    public string Tenant;

    [Id(3)]
    public int Attempt;

    [Id(4)]
    public DateTimeOffset StartedAt;
}

/// <summary>Moves <see cref="RunningJob"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class RunningJobConverter : IConverter<RunningJob, RunningJobSurrogate>
{
    public RunningJob ConvertFromSurrogate(in RunningJobSurrogate surrogate) => new(
        surrogate.Id,
        surrogate.JobClass,
        surrogate.Tenant,
        surrogate.Attempt,
        surrogate.StartedAt);

    public RunningJobSurrogate ConvertToSurrogate(in RunningJob value) => new()
    {
        Id = value.Id,
        JobClass = value.JobClass,
        Tenant = value.Tenant,
        Attempt = value.Attempt,
        StartedAt = value.StartedAt,
    };
}
