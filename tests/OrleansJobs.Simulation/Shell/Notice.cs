using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Simulation.Shell;

/// <summary>What a silo tells a dispatcher about jobs, many at a time.</summary>
internal sealed record Notice
{
    public List<WaitingJob> Waiting { get; init; } = [];

    public List<JobId> Withdrawn { get; init; } = [];

    public List<JobId> Stops { get; init; } = [];

    public bool IsEmpty => Waiting.Count + Withdrawn.Count + Stops.Count == 0;
}
