namespace OrleansJobs;

/// <summary>A result was asked for, but the job did not succeed.</summary>
public sealed class JobFailedException : JobsException
{
    /// <summary>Makes the error.</summary>
    public JobFailedException(JobSnapshot job)
        : base($"Job {job.Id} ended as {job.State}: {job.LastError?.Message ?? "no reason given"}") => Job = job;

    /// <summary>The job as it ended.</summary>
    public JobSnapshot Job { get; }

    /// <inheritdoc/>
    public override string Code => "job-failed";
}
