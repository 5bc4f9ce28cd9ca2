using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Core.Retry;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>
/// What the holder of a lease may do. None of it has to be told to the dispatcher as an effect, apart from the end of the job: the
/// holder hands the answer on when it gives its slot back.
/// </summary>
internal static class LeaseDecisions
{
    public static Transition Decide(JobRecord record, LeaseCommand command, DateTimeOffset now)
    {
        if (Refusal(record, command) is { } verdict)
        {
            return new Transition(verdict, record);
        }

        var transition = command switch
        {
            Complete complete => Complete(record, complete, now),
            Fail fail => Fail(record, fail, now),
            Snooze snooze => Snooze(record, snooze, now),
            Abandon abandon => Abandon(record, abandon, now),
            Release _ => Release(record, now),
            Report report => Report(record, report),
            EndIsolation _ => EndIsolation(record),
            _ => throw new ArgumentException($"There is no decision for {command.GetType().Name}.", nameof(command)),
        };
        return AttemptHistory.Traced(transition, record, command.TraceParent);
    }

    /// <summary>
    /// Null if the token is the live one. An ended attempt keeps the job's token until something else raises it, so its acks are known
    /// for repeats; token 0 was never handed out.
    /// </summary>
    private static Verdict? Refusal(JobRecord record, LeaseCommand command)
    {
        if (command.LeaseToken != record.LeaseToken || command.LeaseToken == 0)
        {
            return Verdict.StaleLease;
        }

        if (record.State == JobState.Running)
        {
            return null;
        }

        return command is Report || command is EndIsolation ? Verdict.StaleLease : Verdict.Repeated;
    }

    // Counts even when a cancel was requested: the work is done.
    private static Transition Complete(JobRecord record, Complete complete, DateTimeOffset now) => new(
        Verdict.Applied,
        record with
        {
            Version = record.Version + 1,
            State = JobState.Succeeded,
            FinishedAt = now,
            Result = complete.Result,
            LastError = null,
            Checkpoint = null,
        },
        Effects.Finish);

    private static Transition Fail(JobRecord record, Fail fail, DateTimeOffset now)
    {
        var error = StoredText.Clean(fail.Error);
        var next = AttemptHistory.Add(record, AttemptOutcome.Failed, error, now);
        if (record.CancelRequested)
        {
            return Ending.Finish(next, JobState.Cancelled, now);
        }

        next = next with { LastError = error, SiloLosses = Suspects.LossesAfterAnEnd(record) };
        return fail.Retryable && record.Attempt < record.MaxAttempts
            ? new Transition(Verdict.Applied, BackOff(next, fail, now))
            : Ending.Finish(next, JobState.DeadLettered, now);
    }

    private static JobRecord BackOff(JobRecord record, Fail fail, DateTimeOffset now)
    {
        var delay = fail.RetryAfter is { } given
            ? Backoff.Bound(given, JobLimits.MaxDelay)
            : Backoff.Next(fail.Policy, record.Attempt, record.LastBackoff, fail.Random);
        return record with { State = JobState.Retrying, DueAt = StoredTime.RoundUp(now + delay), LastBackoff = delay };
    }

    private static Transition Snooze(JobRecord record, Snooze snooze, DateTimeOffset now)
    {
        var next = GiveBack(record, AttemptOutcome.Snoozed, now);
        return record.CancelRequested
            ? Ending.Finish(next, JobState.Cancelled, now)
            : new Transition(Verdict.Applied, next with
            {
                State = JobState.Scheduled,
                SiloLosses = Suspects.LossesAfterAnEnd(record),
                DueAt = StoredTime.RoundUp(now + Backoff.Bound(snooze.Delay, JobLimits.MaxDelay)),
            });
    }

    private static Transition Release(JobRecord record, DateTimeOffset now)
    {
        var next = GiveBack(record, AttemptOutcome.Released, now);
        return record.CancelRequested
            ? Ending.Finish(next, JobState.Cancelled, now)
            : new Transition(Verdict.Applied, Requeue.AtItsPlace(next, now));
    }

    private static JobRecord GiveBack(JobRecord record, AttemptOutcome outcome, DateTimeOffset now) =>
        AttemptHistory.Add(record, outcome, null, now) with { Attempt = record.Attempt - 1 };

    private static Transition Abandon(JobRecord record, Abandon abandon, DateTimeOffset now)
    {
        // Who asked for the cancel knew better why than the worker that carries it out.
        var error = record.CancelRequested && record.LastError is { } asked
            ? asked
            : StoredText.Error(JobError.Cancelled, abandon.Reason);
        var next = AttemptHistory.Add(record, AttemptOutcome.Cancelled, error, now);
        return Ending.Finish(next with { LastError = error }, JobState.Cancelled, now);
    }

    private static Transition Report(JobRecord record, Report report) => new(Verdict.Applied, record with
    {
        Progress = report.Progress is { } progress ? StoredText.Clean(progress) : record.Progress,
        Checkpoint = report.Checkpoint ?? record.Checkpoint,
    });

    private static Transition EndIsolation(JobRecord record) => record.RunsAlone
        ? new Transition(Verdict.Applied, record with { WaitedFor = WaitReason.Suspected })
        : new Transition(Verdict.Repeated, record);
}
