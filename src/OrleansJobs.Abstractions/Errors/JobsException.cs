namespace OrleansJobs;

/// <summary>The base of every error that the grid raises for its callers.</summary>
public abstract class JobsException : Exception
{
    /// <summary>Makes an error.</summary>
    protected JobsException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <summary>A word for programs that stays the same from version to version, such as <c>job-not-found</c>.</summary>
    public abstract string Code { get; }
}
