namespace OrleansJobs;

/// <summary>The job store is claimed by another process in a way that leaves no room for this one.</summary>
public sealed class StoreInUseException : JobsException
{
    /// <summary>Makes the error.</summary>
    public StoreInUseException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override string Code => "store-in-use";
}
