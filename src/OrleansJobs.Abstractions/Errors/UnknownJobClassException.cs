namespace OrleansJobs;

/// <summary>The grid has no such job class.</summary>
public sealed class UnknownJobClassException : JobsException
{
    /// <summary>Makes the error.</summary>
    public UnknownJobClassException(string jobClass) : base($"There is no job class '{jobClass}'.") => JobClass = jobClass;

    /// <summary>The class that was asked for.</summary>
    public string JobClass { get; }

    /// <inheritdoc/>
    public override string Code => "unknown-job-class";
}
