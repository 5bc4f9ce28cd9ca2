namespace OrleansJobs.Client.Wire;

/// <summary><see cref="SiloPool"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.silo-pool")]
internal struct SiloPoolSurrogate
{
    [Id(0)]
    public string JobClass;

    [Id(1)]
    public int Permits;

    [Id(2)]
    public int Ceiling;

    [Id(3)]
    public int Running;

    [Id(4)]
    public int Overstaying;
}

/// <summary>Moves <see cref="SiloPool"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class SiloPoolConverter : IConverter<SiloPool, SiloPoolSurrogate>
{
    public SiloPool ConvertFromSurrogate(in SiloPoolSurrogate surrogate) => new(surrogate.JobClass, surrogate.Permits, surrogate.Ceiling, surrogate.Running)
    {
        Overstaying = surrogate.Overstaying,
    };

    public SiloPoolSurrogate ConvertToSurrogate(in SiloPool value) => new()
    {
        JobClass = value.JobClass,
        Permits = value.Permits,
        Ceiling = value.Ceiling,
        Running = value.Running,
        Overstaying = value.Overstaying,
    };
}
