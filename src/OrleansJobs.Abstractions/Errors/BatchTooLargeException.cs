namespace OrleansJobs;

/// <summary>A call carries more jobs than it may.</summary>
public sealed class BatchTooLargeException : JobsException
{
    /// <summary>Makes the error.</summary>
    public BatchTooLargeException(int count, int limit) : base($"The call carries {count} jobs; the limit is {limit}.")
    {
    }

    /// <inheritdoc/>
    public override string Code => "batch-too-large";
}
