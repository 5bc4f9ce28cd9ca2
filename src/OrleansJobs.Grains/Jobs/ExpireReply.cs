using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Jobs;

/// <summary>The answer to an expiry.</summary>
/// <param name="Again">The job, if it waits now.</param>
/// <param name="Finished">Whether the job has ended.</param>
[GenerateSerializer, Immutable, Alias("orleansjobs.expire-reply")]
public sealed record ExpireReply([property: Id(0)] WaitingJob? Again, [property: Id(1)] bool Finished);
