using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="ExchangeRequest"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.exchange-request")]
internal struct ExchangeRequestSurrogate
{
    [Id(0)]
    public string Silo;

    [Id(1)]
    public long KnownEpoch;

    [Id(2)]
    public int Permits;

    [Id(3)]
    public bool Draining;

    [Id(4)]
    public LeaseCompletion[] Completions;

    [Id(5)]
    public HeldLease[]? Held;

    [Id(6)]
    public long Number;

    [Id(7)]
    public OverstayingHandler[]? Overstays;

    [Id(8)]
    public long[]? Awaited;
}

/// <summary>Moves <see cref="ExchangeRequest"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ExchangeRequestConverter : IConverter<ExchangeRequest, ExchangeRequestSurrogate>
{
    public ExchangeRequest ConvertFromSurrogate(in ExchangeRequestSurrogate surrogate) => new()
    {
        Silo = surrogate.Silo,
        KnownEpoch = surrogate.KnownEpoch,
        Permits = surrogate.Permits,
        Draining = surrogate.Draining,
        Completions = surrogate.Completions,
        Held = surrogate.Held,
        Number = surrogate.Number,
        Overstays = surrogate.Overstays ?? [],
        Awaited = surrogate.Awaited,
    };

    public ExchangeRequestSurrogate ConvertToSurrogate(in ExchangeRequest value) => new()
    {
        Silo = value.Silo,
        KnownEpoch = value.KnownEpoch,
        Permits = value.Permits,
        Draining = value.Draining,
        Completions = [.. value.Completions],
        Held = value.Held is null ? null : [.. value.Held],
        Number = value.Number,
        Overstays = value.Overstays.Count == 0 ? null : [.. value.Overstays],
        Awaited = value.Awaited is null ? null : [.. value.Awaited],
    };
}
