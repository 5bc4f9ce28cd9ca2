namespace OrleansJobs;

/// <summary>The grid cannot be reached, or its store does not answer. The call may be repeated.</summary>
public sealed class GridUnavailableException : JobsException
{
    /// <summary>Makes the error.</summary>
    public GridUnavailableException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override string Code => "grid-unavailable";
}
