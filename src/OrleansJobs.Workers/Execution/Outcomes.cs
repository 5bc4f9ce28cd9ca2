using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Execution;

/// <summary>
/// What the end of a handler means for its job. What a handler returns counts whatever had been asked of it, because it knows what it did;
/// a cancellation that it throws counts as the cause of its token; a timeout explains whatever is thrown after it. Nothing counts any more
/// once the lease is lost.
/// </summary>
internal static class Outcomes
{
    /// <summary>What parts the grid's words on a late attempt from what its handler threw then, which may be sensitive.</summary>
    public const string Then = "; then ";

    /// <summary>The ack to send; null if none may be sent, because the lease is lost.</summary>
    public static AttemptAck? AckOf(HandlerEnd end, long leaseToken, RetryPolicy retry)
    {
        if (end.Cause == CancellationCause.LeaseLost)
        {
            return null;
        }

        if (end.Result is { } result)
        {
            return OfResult(result, end.Bytes, leaseToken);
        }

        if (end.Error is { } error)
        {
            return Failed(leaseToken, error) with { Retryable = false };
        }

        return end.Exception is { } exception && !IsExplainedBy(end.Cause, exception)
            ? OfException(exception, leaseToken, retry)
            : OfCause(end, leaseToken);
    }

    private static AttemptAck OfResult(JobResult result, ReadOnlyMemory<byte>? bytes, long leaseToken) => result.Kind switch
    {
        JobResultKind.Succeeded => new() { LeaseToken = leaseToken, Outcome = AttemptOutcome.Succeeded, Result = bytes },
        JobResultKind.Snooze => new() { LeaseToken = leaseToken, Outcome = AttemptOutcome.Snoozed, Delay = result.Delay },
        JobResultKind.Retry => Failed(leaseToken, Reason(JobError.Retry, result, "The handler asked for a retry.")) with { Delay = result.Delay },
        JobResultKind.DeadLetter => Failed(leaseToken, Reason(JobError.DeadLetter, result, "The handler gave the job up.")) with { Retryable = false },
        JobResultKind.Cancel => new()
        {
            LeaseToken = leaseToken,
            Outcome = AttemptOutcome.Cancelled,
            Error = Reason(JobError.Cancelled, result, "The handler cancelled the job."),
        },
        _ => throw new InvalidOperationException($"There is no outcome for the result '{result.Kind}'."),
    };

    private static AttemptAck OfException(Exception exception, long leaseToken, RetryPolicy retry)
    {
        var cause = Unwrapped(exception);
        return Failed(leaseToken, Errors.From(cause)) with { Retryable = Allows(retry, cause) };
    }

    private static AttemptAck OfCause(HandlerEnd end, long leaseToken) => end.Cause switch
    {
        CancellationCause.Timeout => Failed(leaseToken, Late(JobError.Timeout, "The attempt took longer than its timeout", end)),
        CancellationCause.HeartbeatTimeout =>
            Failed(leaseToken, Late(JobError.HeartbeatTimeout, "The attempt gave no heartbeat within its heartbeat timeout", end)),
        CancellationCause.Cancelled => new()
        {
            LeaseToken = leaseToken,
            Outcome = AttemptOutcome.Cancelled,
            Error = new JobError(JobError.Cancelled, "The job was cancelled while it ran."),
        },
        _ => new() { LeaseToken = leaseToken, Outcome = AttemptOutcome.Released },
    };

    private static bool IsExplainedBy(CancellationCause cause, Exception exception) => cause switch
    {
        CancellationCause.None => false,
        CancellationCause.Timeout or CancellationCause.HeartbeatTimeout => true,
        _ => IsCancellation(exception),
    };

    private static bool IsCancellation(Exception exception) => exception switch
    {
        OperationCanceledException => true,
        AggregateException { InnerExceptions: { Count: > 0 } inner } => inner.All(IsCancellation),
        _ => exception.InnerException is { } inner && IsCancellation(inner),
    };

    private static JobError Late(string type, string what, HandlerEnd end)
    {
        if (end.Exception is not { } exception)
        {
            return new JobError(type, what + " and did not stop when asked to.");
        }

        var error = Errors.From(Unwrapped(exception));
        return IsCancellation(exception)
            ? new JobError(type, what + ".", error.Stack)
            : new JobError(type, $"{what}{Then}{error.Type}: {error.Message}", error.Stack).Cut();
    }

    private static AttemptAck Failed(long leaseToken, JobError error) =>
        new() { LeaseToken = leaseToken, Outcome = AttemptOutcome.Failed, Error = error };

    private static JobError Reason(string type, JobResult result, string otherwise)
    {
        var reason = string.IsNullOrWhiteSpace(result.Reason) ? otherwise : result.Reason;
        return new JobError(type, reason.Length <= JobLimits.MaxReasonLength ? reason : reason[..JobLimits.MaxReasonLength]);
    }

    private static Exception Unwrapped(Exception exception) =>
        exception is AggregateException { InnerExceptions: [var only] } ? Unwrapped(only) : exception;

    private static bool Allows(RetryPolicy retry, Exception exception) =>
        retry.Allows(exception) && (exception is not AggregateException aggregate || aggregate.InnerExceptions.All(inner => Allows(retry, inner)));
}
