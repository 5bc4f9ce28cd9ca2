namespace OrleansJobs.Client.Wire;

/// <summary><see cref="ClassVerdict"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.class-verdict")]
internal struct ClassVerdictSurrogate
{
    [Id(0)]
    public VerdictKind Kind;

    [Id(1)]
    public string Summary;

    [Id(2)]
    public string[] Evidence;

    [Id(3)]
    public TimeSpan? DrainTime;

    [Id(4)]
    public double? GainOfOneMorePermit;
}

/// <summary>Moves <see cref="ClassVerdict"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ClassVerdictConverter : IConverter<ClassVerdict, ClassVerdictSurrogate>
{
    public ClassVerdict ConvertFromSurrogate(in ClassVerdictSurrogate surrogate) => new(surrogate.Kind, surrogate.Summary)
    {
        Evidence = surrogate.Evidence,
        DrainTime = surrogate.DrainTime,
        GainOfOneMorePermit = surrogate.GainOfOneMorePermit,
    };

    public ClassVerdictSurrogate ConvertToSurrogate(in ClassVerdict value) => new()
    {
        Kind = value.Kind,
        Summary = value.Summary,
        Evidence = [.. value.Evidence],
        DrainTime = value.DrainTime,
        GainOfOneMorePermit = value.GainOfOneMorePermit,
    };
}
