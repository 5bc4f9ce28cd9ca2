using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Jobs;

/// <summary>The answer to an expiry.</summary>
/// <param name="Again">The job, if it waits now.</param>
/// <param name="Finished">Whether the job has ended.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ExpireReply([property: Id(0)] WaitingJob? Again, [property: Id(1)] bool Finished);
