using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage;

/// <summary>An entry of a class's results queue.</summary>
/// <param name="Sequence">Its place in the queue.</param>
/// <param name="Job">The job as it ended.</param>
public sealed record FinishedRecord(long Sequence, JobRecord Job);
