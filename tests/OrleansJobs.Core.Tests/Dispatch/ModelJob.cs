using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>A stored job.</summary>
internal sealed class ModelJob(WaitingJob waiting)
{
    /// <summary>The job with its stored state, waiting or not.</summary>
    public WaitingJob Waiting { get; private set; } = waiting;

    public long Token { get; set; }

    public string Silo { get; set; } = "";

    public void Move(JobState state, DateTimeOffset dueAt) => Waiting = Waiting with { State = state, DueAt = dueAt };
}
