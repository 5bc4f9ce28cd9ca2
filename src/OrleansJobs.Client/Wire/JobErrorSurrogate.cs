namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobError"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.job-error")]
internal struct JobErrorSurrogate
{
    [Id(0)]
    public string Type;

    [Id(1)]
    public string Message;

    [Id(2)]
    public string? Stack;
}

/// <summary>Moves <see cref="JobError"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobErrorConverter : IConverter<JobError, JobErrorSurrogate>
{
    public JobError ConvertFromSurrogate(in JobErrorSurrogate surrogate) => new(surrogate.Type, surrogate.Message, surrogate.Stack);

    public JobErrorSurrogate ConvertToSurrogate(in JobError value) => new()
    {
        Type = value.Type,
        Message = value.Message,
        Stack = value.Stack,
    };
}
