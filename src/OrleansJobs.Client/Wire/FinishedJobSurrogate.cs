namespace OrleansJobs.Client.Wire;

/// <summary><see cref="FinishedJob"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.finished")]
internal struct FinishedJobSurrogate
{
    [Id(0)]
    public long Sequence;

    [Id(1)]
    public JobSnapshot Job;
}

/// <summary>Moves <see cref="FinishedJob"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class FinishedJobConverter : IConverter<FinishedJob, FinishedJobSurrogate>
{
    public FinishedJob ConvertFromSurrogate(in FinishedJobSurrogate surrogate) => new(surrogate.Sequence, surrogate.Job);

    public FinishedJobSurrogate ConvertToSurrogate(in FinishedJob value) => new()
    {
        Sequence = value.Sequence,
        Job = value.Job,
    };
}
