namespace OrleansJobs;

/// <summary>The job store cannot be used: it is missing, read-only, or has a schema newer than this program.</summary>
public sealed class StoreSetupException : JobsException
{
    /// <summary>Makes the error.</summary>
    public StoreSetupException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public override string Code => "store-setup";
}
