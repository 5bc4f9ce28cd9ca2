namespace OrleansJobs;

/// <summary>What became of one submitted job.</summary>
/// <param name="Id">The job: the one submitted, or the one that holds its unique key.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Error">Why it was refused, if it was.</param>
public sealed record SubmitOutcome(JobId Id, SubmitStatus Status, JobsException? Error = null)
{
    /// <summary>This outcome, or its error as an exception.</summary>
    public SubmitOutcome OrThrow() => Error is null ? this : throw Error;
}
