namespace OrleansJobs.Client.Wire;

/// <summary><see cref="JobWait"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.wait")]
internal struct JobWaitSurrogate
{
    [Id(0)]
    public WaitReason Reason;

    [Id(1)]
    public string Explanation;

    [Id(2)]
    public DateTimeOffset? Until;
}

/// <summary>Moves <see cref="JobWait"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class JobWaitConverter : IConverter<JobWait, JobWaitSurrogate>
{
    public JobWait ConvertFromSurrogate(in JobWaitSurrogate surrogate) => new(
        surrogate.Reason,
        surrogate.Explanation,
        surrogate.Until);

    public JobWaitSurrogate ConvertToSurrogate(in JobWait value) => new()
    {
        Reason = value.Reason,
        Explanation = value.Explanation,
        Until = value.Until,
    };
}
