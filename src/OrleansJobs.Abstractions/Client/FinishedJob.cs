namespace OrleansJobs;

/// <summary>An entry of a class's results queue.</summary>
/// <param name="Sequence">Its place: rises in the order in which entries become visible. Read on after it to resume.</param>
/// <param name="Job">The job as it ended, with payload and result.</param>
public sealed record FinishedJob(long Sequence, JobSnapshot Job);
