namespace OrleansJobs;

/// <summary>The id is taken by a job with another class or payload.</summary>
public sealed class DuplicateJobException : JobsException
{
    /// <summary>Makes the error.</summary>
    public DuplicateJobException(JobId id) : base($"Job {id} was submitted before with another class or payload.") => Id = id;

    /// <summary>The job.</summary>
    public JobId Id { get; }

    /// <inheritdoc/>
    public override string Code => "duplicate-job";
}
