namespace OrleansJobs.Client.Wire;

/// <summary><see cref="PoolStatus"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.pool-status")]
internal struct PoolStatusSurrogate
{
    [Id(0)]
    public string Silo;

    [Id(1)]
    public int Permits;

    [Id(2)]
    public int Running;

    [Id(3)]
    public bool Draining;

    [Id(4)]
    public DateTimeOffset SeenAt;

    [Id(5)]
    public int Overstaying;
}

/// <summary>Moves <see cref="PoolStatus"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class PoolStatusConverter : IConverter<PoolStatus, PoolStatusSurrogate>
{
    public PoolStatus ConvertFromSurrogate(in PoolStatusSurrogate surrogate) => new(
        surrogate.Silo,
        surrogate.Permits,
        surrogate.Running,
        surrogate.Draining,
        surrogate.SeenAt)
    {
        Overstaying = surrogate.Overstaying,
    };

    public PoolStatusSurrogate ConvertToSurrogate(in PoolStatus value) => new()
    {
        Silo = value.Silo,
        Permits = value.Permits,
        Running = value.Running,
        Draining = value.Draining,
        SeenAt = value.SeenAt,
        Overstaying = value.Overstaying,
    };
}
