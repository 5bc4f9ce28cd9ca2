using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="ExchangeReply"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.exchange-reply")]
internal struct ExchangeReplySurrogate
{
    [Id(0)]
    public long Epoch;

    [Id(1)]
    public bool HeldWanted;

    [Id(2)]
    public JobLease[] Leases;

    [Id(4)]
    public LeaseId[] Lost;

    [Id(5)]
    public JobClassSettings Settings;

    [Id(6)]
    public TimeSpan? ParkedFor;

    // 3 was a list of jobs.
    [Id(7)]
    public StopOrder[]? Stops;
}

/// <summary>Moves <see cref="ExchangeReply"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class ExchangeReplyConverter : IConverter<ExchangeReply, ExchangeReplySurrogate>
{
    public ExchangeReply ConvertFromSurrogate(in ExchangeReplySurrogate surrogate) => new()
    {
        Epoch = surrogate.Epoch,
        HeldWanted = surrogate.HeldWanted,
        Leases = surrogate.Leases,
        Stops = surrogate.Stops ?? [],
        Lost = surrogate.Lost,
        Settings = surrogate.Settings,
        ParkedFor = surrogate.ParkedFor,
    };

    public ExchangeReplySurrogate ConvertToSurrogate(in ExchangeReply value) => new()
    {
        Epoch = value.Epoch,
        HeldWanted = value.HeldWanted,
        Leases = [.. value.Leases],
        Stops = value.Stops.Count == 0 ? null : [.. value.Stops],
        Lost = [.. value.Lost],
        Settings = value.Settings,
        ParkedFor = value.ParkedFor,
    };
}
