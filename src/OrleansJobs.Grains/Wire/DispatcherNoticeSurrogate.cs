using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Grains.Wire;

/// <summary><see cref="DispatcherNotice"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.notice")]
internal struct DispatcherNoticeSurrogate
{
    [Id(0)]
    public List<WaitingJob> Waiting;

    [Id(1)]
    public List<JobId> Withdrawn;

    [Id(3)]
    public bool Incomplete;

    [Id(4)]
    public int Finished;

    [Id(5)]
    public int Arrived;

    // 2 was a list of jobs.
    [Id(6)]
    public List<RequestedStop>? Stops;
}

/// <summary>Moves <see cref="DispatcherNotice"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class DispatcherNoticeConverter : IConverter<DispatcherNotice, DispatcherNoticeSurrogate>
{
    public DispatcherNotice ConvertFromSurrogate(in DispatcherNoticeSurrogate surrogate) => new()
    {
        Waiting = surrogate.Waiting,
        Withdrawn = surrogate.Withdrawn,
        Stops = surrogate.Stops ?? [],
        Incomplete = surrogate.Incomplete,
        Finished = surrogate.Finished,
        Arrived = surrogate.Arrived,
    };

    public DispatcherNoticeSurrogate ConvertToSurrogate(in DispatcherNotice value) => new()
    {
        Waiting = value.Waiting,
        Withdrawn = value.Withdrawn,
        Stops = value.Stops,
        Incomplete = value.Incomplete,
        Finished = value.Finished,
        Arrived = value.Arrived,
    };
}
