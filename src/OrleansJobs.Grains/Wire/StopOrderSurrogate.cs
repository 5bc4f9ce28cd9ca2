using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="StopOrder"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.stop-order")]
internal struct StopOrderSurrogate
{
    [Id(0)]
    public LeaseId Lease;

    [Id(1)]
    public long? LeaseToken;
}

/// <summary>Moves <see cref="StopOrder"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class StopOrderConverter : IConverter<StopOrder, StopOrderSurrogate>
{
    public StopOrder ConvertFromSurrogate(in StopOrderSurrogate surrogate) => new(surrogate.Lease, surrogate.LeaseToken);

    public StopOrderSurrogate ConvertToSurrogate(in StopOrder value) => new()
    {
        Lease = value.Lease,
        LeaseToken = value.LeaseToken,
    };
}
