using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>What the users and operators of the grid may do to a job.</summary>
internal static class UserDecisions
{
    private const string NoReason = "Cancelled on request.";

    public static Transition Decide(JobRecord record, Cancel cancel, DateTimeOffset now)
    {
        if (record.State == JobState.Running)
        {
            return RequestCancel(record, cancel);
        }

        if (record.State.IsWaiting())
        {
            return Withdraw(record, JobState.Cancelled, ErrorOf(cancel), now);
        }

        return new Transition(record.State == JobState.Cancelled ? Verdict.Repeated : Verdict.WrongState, record);
    }

    public static Transition Decide(JobRecord record, SendToDeadLetters deadLetter, DateTimeOffset now)
    {
        if (record.State.IsWaiting())
        {
            return Withdraw(record, JobState.DeadLettered, StoredText.Error(JobError.DeadLetter, deadLetter.Reason), now);
        }

        return new Transition(record.State == JobState.DeadLettered ? Verdict.Repeated : Verdict.WrongState, record);
    }

    public static Transition DecideRetry(JobRecord record, DateTimeOffset now)
    {
        if (record.State is JobState.DeadLettered or JobState.Cancelled)
        {
            return new Transition(Verdict.Applied, Revive(record, now), Effects.Enqueue | Effects.Arrive);
        }

        if (!record.State.IsWaiting())
        {
            return new Transition(Verdict.WrongState, record);
        }

        // A job that is queued already is only announced again, in case that was lost.
        return record.State == JobState.Queued && record.DueAt <= now
            ? new Transition(Verdict.Repeated, record, Effects.Enqueue)
            : new Transition(Verdict.Applied, Hurry(record, now), Effects.Enqueue);
    }

    public static Transition DecideDelete(JobRecord record) => record.State.IsTerminal()
        ? new Transition(Verdict.Applied, record, Effects.Delete)
        : new Transition(Verdict.WrongState, record);

    private static Transition RequestCancel(JobRecord record, Cancel cancel) => record.CancelRequested
        ? new Transition(Verdict.Repeated, record, Effects.StopAttempt)
        : new Transition(Verdict.Applied, record with { CancelRequested = true, LastError = ErrorOf(cancel) }, Effects.StopAttempt);

    private static Transition Withdraw(JobRecord record, JobState state, JobError error, DateTimeOffset now)
    {
        var ended = Ending.Finish(record with { LastError = error }, state, now);
        return ended with { Effects = ended.Effects | Effects.Withdraw };
    }

    private static JobRecord Revive(JobRecord record, DateTimeOffset now) => record with
    {
        State = JobState.Queued,
        DueAt = now,
        Attempt = 0,
        SiloLosses = 0,

        // The new life has its own tokens: a late ack of the old one must not be taken for a repeat in it.
        LeaseToken = record.LeaseToken + 1,
        LastBackoff = TimeSpan.Zero,
        CancelRequested = false,
        FinishedAt = null,
        Result = null,
    };

    private static JobRecord Hurry(JobRecord record, DateTimeOffset now) =>
        record with { State = JobState.Queued, DueAt = record.DueAt < now ? record.DueAt : now };

    private static JobError ErrorOf(Cancel cancel) =>
        StoredText.Error(JobError.Cancelled, string.IsNullOrWhiteSpace(cancel.Reason) ? NoReason : cancel.Reason);
}
