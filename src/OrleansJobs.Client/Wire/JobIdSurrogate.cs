namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobId"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.id")]
internal struct JobIdSurrogate
{
    [Id(0)]
    public Guid Value;
}

/// <summary>Moves <see cref="JobId"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobIdConverter : IConverter<JobId, JobIdSurrogate>
{
    public JobId ConvertFromSurrogate(in JobIdSurrogate surrogate) => new(surrogate.Value);

    public JobIdSurrogate ConvertToSurrogate(in JobId value) => new()
    {
        Value = value.Value,
    };
}
