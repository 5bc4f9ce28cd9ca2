namespace OrleansJobs;

/// <summary>A payload, result or checkpoint is over its limit.</summary>
public sealed class PayloadTooLargeException : JobsException
{
    /// <summary>Makes the error.</summary>
    /// <param name="what">What is too large, such as <c>payload</c>.</param>
    /// <param name="bytes">How large it is.</param>
    /// <param name="limit">How large it may be, in bytes.</param>
    public PayloadTooLargeException(string what, long bytes, long limit)
        : base($"The {what} has {bytes} bytes; the limit is {limit}.")
    {
    }

    /// <summary>Makes the error with the given text.</summary>
    public PayloadTooLargeException(string message) : base(message)
    {
    }

    /// <inheritdoc/>
    public override string Code => "payload-too-large";
}
