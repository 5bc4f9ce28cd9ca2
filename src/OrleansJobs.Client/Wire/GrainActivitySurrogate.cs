namespace OrleansJobs.Client.Wire;

/// <summary><see cref="GrainActivity"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.grain-activity")]
internal struct GrainActivitySurrogate
{
    [Id(0)]
    public string GrainType;

    [Id(1)]
    public string Silo;

    [Id(2)]
    public int Activations;
}

/// <summary>Moves <see cref="GrainActivity"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class GrainActivityConverter : IConverter<GrainActivity, GrainActivitySurrogate>
{
    public GrainActivity ConvertFromSurrogate(in GrainActivitySurrogate surrogate) => new(surrogate.GrainType, surrogate.Silo, surrogate.Activations);

    public GrainActivitySurrogate ConvertToSurrogate(in GrainActivity value) => new()
    {
        GrainType = value.GrainType,
        Silo = value.Silo,
        Activations = value.Activations,
    };
}
