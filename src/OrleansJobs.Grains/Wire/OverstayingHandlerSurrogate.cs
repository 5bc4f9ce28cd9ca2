using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="OverstayingHandler"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.overstaying-handler")]
internal struct OverstayingHandlerSurrogate
{
    [Id(0)]
    public JobId JobId;

    [Id(1)]
    public LeaseId LeaseId;

    [Id(2)]
    public string Tenant;

    [Id(3)]
    public TimeSpan Age;
}

/// <summary>Moves <see cref="OverstayingHandler"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class OverstayingHandlerConverter : IConverter<OverstayingHandler, OverstayingHandlerSurrogate>
{
    public OverstayingHandler ConvertFromSurrogate(in OverstayingHandlerSurrogate surrogate) =>
        new(surrogate.JobId, surrogate.LeaseId, surrogate.Tenant, surrogate.Age);

    public OverstayingHandlerSurrogate ConvertToSurrogate(in OverstayingHandler value) => new()
    {
        JobId = value.JobId,
        LeaseId = value.LeaseId,
        Tenant = value.Tenant,
        Age = value.Age,
    };
}
