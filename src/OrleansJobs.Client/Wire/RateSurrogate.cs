namespace OrleansJobs.Client.Wire;

/// <summary><see cref="Rate"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.rate")]
internal struct RateSurrogate
{
    [Id(0)]
    public int Permits;

    [Id(1)]
    public TimeSpan Period;

    [Id(2)]
    public int Burst;
}

/// <summary>Moves <see cref="Rate"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class RateConverter : IConverter<Rate, RateSurrogate>
{
    public Rate ConvertFromSurrogate(in RateSurrogate surrogate) => new(surrogate.Permits, surrogate.Period, surrogate.Burst);

    public RateSurrogate ConvertToSurrogate(in Rate value) => new()
    {
        Permits = value.Permits,
        Period = value.Period,
        Burst = value.Burst,
    };
}
