namespace OrleansJobs;

/// <summary>The job is in a state that does not allow what was asked.</summary>
public sealed class JobStateException : JobsException
{
    private const string Deleted = "deleted", Advice = "cancel it first, and delete it when it has ended";

    /// <summary>Makes the error.</summary>
    public JobStateException(JobId id, JobState state, string asked)
        : base($"Job {id} cannot be {asked}: it is {state}{(asked == Deleted ? $"; {Advice}" : "")}.")
    {
        Id = id;
        State = state;
        Asked = asked;
    }

    /// <summary>The job.</summary>
    public JobId Id { get; }

    /// <summary>What was asked, as a participle.</summary>
    public string Asked { get; }

    /// <summary>The state that it is in.</summary>
    public JobState State { get; }

    /// <inheritdoc/>
    public override string Code => "job-state";
}
