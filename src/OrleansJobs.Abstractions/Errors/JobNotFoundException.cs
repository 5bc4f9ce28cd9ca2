namespace OrleansJobs;

/// <summary>The grid does not know the job.</summary>
public sealed class JobNotFoundException : JobsException
{
    /// <summary>Makes the error.</summary>
    public JobNotFoundException(JobId id) : base($"There is no job {id}.") => Id = id;

    /// <summary>The job that was asked for.</summary>
    public JobId Id { get; }

    /// <inheritdoc/>
    public override string Code => "job-not-found";
}
