using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="LeaseId"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.lease-id")]
internal struct LeaseIdSurrogate
{
    [Id(0)]
    public long Epoch;

    [Id(1)]
    public long Number;
}

/// <summary>Moves <see cref="LeaseId"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class LeaseIdConverter : IConverter<LeaseId, LeaseIdSurrogate>
{
    public LeaseId ConvertFromSurrogate(in LeaseIdSurrogate surrogate) => new(surrogate.Epoch, surrogate.Number);

    public LeaseIdSurrogate ConvertToSurrogate(in LeaseId value) => new()
    {
        Epoch = value.Epoch,
        Number = value.Number,
    };
}
