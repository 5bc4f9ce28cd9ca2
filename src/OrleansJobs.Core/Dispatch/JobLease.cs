namespace OrleansJobs.Core.Dispatch;

/// <summary>The right of a silo to run a job in one of its slots.</summary>
/// <param name="Id">The lease's identity.</param>
/// <param name="JobClass">The job's class.</param>
/// <param name="Job">The job as it waited.</param>
/// <param name="GrantedAt">When the dispatcher gave it, by the time of its life.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobLease(
    [property: Id(0)] LeaseId Id, [property: Id(1)] string JobClass, [property: Id(2)] WaitingJob Job, [property: Id(3)] DateTimeOffset GrantedAt)
{
    /// <summary>What held the job back for the longest part of the time since it was due; None if nothing that its dispatcher knows of.</summary>
    [Id(4)]
    public WaitReason WaitedFor { get; init; }
}
