using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="RequestedStop"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.requested-stop")]
internal struct RequestedStopSurrogate
{
    [Id(0)]
    public JobId Job;

    [Id(1)]
    public long LeaseToken;
}

/// <summary>Moves <see cref="RequestedStop"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class RequestedStopConverter : IConverter<RequestedStop, RequestedStopSurrogate>
{
    public RequestedStop ConvertFromSurrogate(in RequestedStopSurrogate surrogate) => new(surrogate.Job, surrogate.LeaseToken);

    public RequestedStopSurrogate ConvertToSurrogate(in RequestedStop value) => new()
    {
        Job = value.Job,
        LeaseToken = value.LeaseToken,
    };
}
