using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Simulation.Shell;

/// <summary>What a silo tells a dispatcher about jobs, many at a time.</summary>
internal sealed record Notice
{
    public List<WaitingJob> Waiting { get; init; } = [];

    public List<JobId> Withdrawn { get; init; } = [];

    public List<(JobId Job, long Token)> Stops { get; init; } = [];

    /// <summary>Whether some notices may have been lost or come late, so that the store has to be read.</summary>
    public bool Incomplete { get; set; }

    public bool IsEmpty => !Incomplete && Waiting.Count + Withdrawn.Count + Stops.Count == 0;
}
