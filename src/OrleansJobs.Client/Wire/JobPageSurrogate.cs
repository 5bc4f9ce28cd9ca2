namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobPage"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.page")]
internal struct JobPageSurrogate
{
    [Id(0)]
    public JobSnapshot[] Jobs;

    [Id(1)]
    public string? NextCursor;
}

/// <summary>Moves <see cref="JobPage"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobPageConverter : IConverter<JobPage, JobPageSurrogate>
{
    public JobPage ConvertFromSurrogate(in JobPageSurrogate surrogate) => new(surrogate.Jobs, surrogate.NextCursor);

    public JobPageSurrogate ConvertToSurrogate(in JobPage value) => new()
    {
        Jobs = [.. value.Jobs],
        NextCursor = value.NextCursor,
    };
}
