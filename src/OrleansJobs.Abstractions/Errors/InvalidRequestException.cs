namespace OrleansJobs;

/// <summary>A value in a call is not valid; the text names it, with what is allowed.</summary>
public sealed class InvalidRequestException : JobsException
{
    /// <summary>Makes the error.</summary>
    public InvalidRequestException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public override string Code => "invalid-request";
}
