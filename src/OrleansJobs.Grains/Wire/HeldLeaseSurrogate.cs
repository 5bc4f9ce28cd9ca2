using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="HeldLease"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.held-lease")]
internal struct HeldLeaseSurrogate
{
    [Id(0)]
    public JobLease Lease;

    [Id(1)]
    public long? LeaseToken;
}

/// <summary>Moves <see cref="HeldLease"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class HeldLeaseConverter : IConverter<HeldLease, HeldLeaseSurrogate>
{
    public HeldLease ConvertFromSurrogate(in HeldLeaseSurrogate surrogate) => new(surrogate.Lease, surrogate.LeaseToken);

    public HeldLeaseSurrogate ConvertToSurrogate(in HeldLease value) => new()
    {
        Lease = value.Lease,
        LeaseToken = value.LeaseToken,
    };
}
