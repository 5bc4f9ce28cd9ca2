namespace OrleansJobs.Core.Dispatch;

/// <summary>The end of a lease: its slot is free again.</summary>
/// <param name="JobId">The job.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="State">
/// The job's state now. A waiting state puts it back into the backlog; <see cref="JobState.Running"/> means that somebody else runs it.
/// </param>
/// <param name="DueAt">When a job that waits again is due.</param>
/// <param name="Started">Whether an attempt was started under the lease.</param>
/// <param name="Failed">Whether that attempt failed.</param>
/// <param name="RunTime">How long the attempt took.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record LeaseCompletion(
    [property: Id(0)] JobId JobId, [property: Id(1)] LeaseId LeaseId, [property: Id(2)] JobState State, [property: Id(3)] DateTimeOffset DueAt,
    [property: Id(4)] bool Started, [property: Id(5)] bool Failed, [property: Id(6)] TimeSpan RunTime)
{
    /// <summary>What a failed attempt failed with, without its stack and cut to <see cref="InsightLimits.MaxGroupMessageLength"/>.</summary>
    [Id(7)]
    public JobError? Error { get; init; }
}
