namespace OrleansJobs.Client.Wire;

/// <summary><see cref="ErrorGroup"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.error-group")]
internal struct ErrorGroupSurrogate
{
    [Id(0)]
    public string Type;

    [Id(1)]
    public string Message;

    [Id(2)]
    public long Count;

    [Id(3)]
    public DateTimeOffset FirstAt;

    [Id(4)]
    public DateTimeOffset LastAt;

    [Id(5)]
    public JobId LastJob;
}

/// <summary>Moves <see cref="ErrorGroup"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ErrorGroupConverter : IConverter<ErrorGroup, ErrorGroupSurrogate>
{
    public ErrorGroup ConvertFromSurrogate(in ErrorGroupSurrogate surrogate) => new()
    {
        Type = surrogate.Type,
        Message = surrogate.Message,
        Count = surrogate.Count,
        FirstAt = surrogate.FirstAt,
        LastAt = surrogate.LastAt,
        LastJob = surrogate.LastJob,
    };

    public ErrorGroupSurrogate ConvertToSurrogate(in ErrorGroup value) => new()
    {
        Type = value.Type,
        Message = value.Message,
        Count = value.Count,
        FirstAt = value.FirstAt,
        LastAt = value.LastAt,
        LastJob = value.LastJob,
    };
}
