namespace OrleansJobs.Workers.Execution;

/// <summary>How the call of a handler ended: with a result, with an error, or not at all.</summary>
internal sealed record HandlerEnd
{
    /// <summary>What it returned.</summary>
    public JobResult? Result { get; private init; }

    /// <summary>The stored form of the result's value.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; private init; }

    /// <summary>What it threw.</summary>
    public Exception? Exception { get; private init; }

    /// <summary>An error that is no exception of the handler.</summary>
    public JobError? Error { get; private init; }

    /// <summary>Why the attempt was being stopped when the call ended.</summary>
    public CancellationCause Cause { get; private init; }

    public static HandlerEnd Returned(JobResult result, ReadOnlyMemory<byte>? bytes, CancellationCause cause) =>
        new() { Result = result, Bytes = bytes, Cause = cause };

    public static HandlerEnd Threw(Exception exception, CancellationCause cause) => new() { Exception = exception, Cause = cause };

    /// <summary>The attempt cannot succeed, however often it is tried.</summary>
    public static HandlerEnd Hopeless(JobError error, CancellationCause cause) => new() { Error = error, Cause = cause };

    /// <summary>The handler was not called, or did not return in time.</summary>
    public static HandlerEnd Without(CancellationCause cause) => new() { Cause = cause };
}
