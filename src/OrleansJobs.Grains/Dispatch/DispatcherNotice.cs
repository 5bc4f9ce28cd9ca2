using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>What silos tell a dispatcher about jobs, many at a time.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.notice")]
public sealed record DispatcherNotice
{
    /// <summary>Jobs that wait now: submitted, or put back by hand.</summary>
    [Id(0)]
    public List<WaitingJob> Waiting { get; init; } = [];

    /// <summary>Jobs that wait no more.</summary>
    [Id(1)]
    public List<JobId> Withdrawn { get; init; } = [];

    /// <summary>Running jobs that have to stop.</summary>
    [Id(2)]
    public List<JobId> Stops { get; init; } = [];

    /// <summary>Whether notices were dropped, so that the waiting jobs have to be read again.</summary>
    [Id(3)]
    public bool Incomplete { get; init; }

    /// <summary>Jobs that ended without an ack: cancelled or given up while they waited.</summary>
    [Id(4)]
    public int Finished { get; init; }
}
