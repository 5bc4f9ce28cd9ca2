namespace OrleansJobs.Core.Dispatch;

/// <summary>The right of a silo to run a job in one of its slots.</summary>
/// <param name="Id">The lease's identity.</param>
/// <param name="JobClass">The job's class.</param>
/// <param name="Job">The job as it waited.</param>
/// <param name="GrantedAt">When the dispatcher gave it, by the time of its life.</param>
public sealed record JobLease(LeaseId Id, string JobClass, WaitingJob Job, DateTimeOffset GrantedAt)
{
    /// <summary>What held the job back for the longest part of the time since it was due; None if nothing that its dispatcher knows of.</summary>
    public WaitReason WaitedFor { get; init; }
}
