namespace OrleansJobs.Core.Lifecycle;

/// <summary>The ended attempts that a job remembers.</summary>
internal static class AttemptHistory
{
    /// <summary>The record with its running attempt as ended; the oldest attempt goes when there are too many.</summary>
    public static JobRecord Add(JobRecord record, AttemptOutcome outcome, JobError? error, DateTimeOffset now)
    {
        var attempt = new JobAttempt(record.Attempt, record.Silo ?? "", record.StartedAt ?? now, now, outcome, error)
        {
            DueAt = record.DueAt,
            WaitedFor = record.WaitedFor,
        };
        var dropped = Math.Max(0, record.Attempts.Count + 1 - JobLimits.MaxAttemptHistory);
        return record with { Attempts = [.. record.Attempts.Skip(dropped), attempt] };
    }

    /// <summary>The transition with the trace parent in the attempt that it ended, if it ended one.</summary>
    public static Transition Traced(Transition transition, JobRecord before, string? traceParent)
    {
        var attempts = transition.Next.Attempts;
        return traceParent is null || attempts.Count == 0 || ReferenceEquals(attempts, before.Attempts)
            ? transition
            : transition with { Next = transition.Next with { Attempts = [.. attempts.SkipLast(1), attempts[^1] with { TraceParent = traceParent }] } };
    }
}
