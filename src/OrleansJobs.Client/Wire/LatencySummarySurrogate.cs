namespace OrleansJobs.Client.Wire;

/// <summary><see cref="LatencySummary"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.latency-summary")]
internal struct LatencySummarySurrogate
{
    [Id(0)]
    public long Count;

    [Id(1)]
    public TimeSpan Mean;

    [Id(2)]
    public TimeSpan P50;

    [Id(3)]
    public TimeSpan P95;

    [Id(4)]
    public TimeSpan P99;

    [Id(5)]
    public TimeSpan Max;
}

/// <summary>Moves <see cref="LatencySummary"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class LatencySummaryConverter : IConverter<LatencySummary, LatencySummarySurrogate>
{
    public LatencySummary ConvertFromSurrogate(in LatencySummarySurrogate surrogate) => new(
        surrogate.Count,
        surrogate.Mean,
        surrogate.P50,
        surrogate.P95,
        surrogate.P99,
        surrogate.Max);

    public LatencySummarySurrogate ConvertToSurrogate(in LatencySummary value) => new()
    {
        Count = value.Count,
        Mean = value.Mean,
        P50 = value.P50,
        P95 = value.P95,
        P99 = value.P99,
        Max = value.Max,
    };
}
