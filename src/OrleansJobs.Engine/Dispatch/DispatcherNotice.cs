using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>What silos tell a dispatcher about jobs, many at a time.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record DispatcherNotice
{
    /// <summary>Jobs that wait now: submitted, or put back by hand.</summary>
    [Id(0)]
    public List<WaitingJob> Waiting { get; init; } = [];

    /// <summary>Jobs that wait no more.</summary>
    [Id(1)]
    public List<JobId> Withdrawn { get; init; } = [];

    /// <summary>Attempts that have to stop.</summary>
    [Id(6)]
    public List<RequestedStop> Stops { get; init; } = [];

    /// <summary>Whether notices were dropped, or come late and maybe after newer ones, so that the waiting jobs have to be read again.</summary>
    [Id(3)]
    public bool Incomplete { get; init; }

    /// <summary>
    /// Jobs that came into the backlog: those of <see cref="Waiting"/> that are announced for the first time since they were submitted, or
    /// retried by hand after they had ended.
    /// </summary>
    [Id(5)]
    public int Arrived { get; set; }

    /// <summary>Jobs that ended without an ack: cancelled or given up while they waited.</summary>
    [Id(4)]
    public int Finished { get; init; }
}
