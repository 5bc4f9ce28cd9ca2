using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Jobs;

/// <summary>The answer to an expiry.</summary>
/// <param name="Again">The job, if it waits now.</param>
/// <param name="Finished">Whether the job has ended.</param>
public sealed record ExpireReply(WaitingJob? Again, bool Finished);
