using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>
/// Every change of a job's state is decided here, and only here. A shell loads the record, asks, stores what it is given under
/// the record's version, and then acts on the effects. The same record, command and time always give the same answer.
/// </summary>
public static class JobLifecycle
{
    /// <summary>
    /// What the dispatcher has to be told of a job as it is stored, when a write had no answer and nobody knows what it was told. All of it is
    /// safe to repeat.
    /// </summary>
    public static Transition Announce(JobRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var effects = record.State.IsWaiting() ? Effects.Enqueue
            : record.State.IsTerminal() ? Effects.Withdraw | Effects.Finish
            : record.CancelRequested ? Effects.StopAttempt
            : Effects.None;
        return new Transition(Verdict.Repeated, record, effects);
    }

    /// <summary>Decides what a command does to a job.</summary>
    /// <param name="record">The job as it is stored.</param>
    /// <param name="command">What is asked of it.</param>
    /// <param name="now">The time that counts for due times and stamps; what is finer than a microsecond is cut off.</param>
    /// <returns>An applied transition has the next version; any other has the record as it was given.</returns>
    /// <exception cref="ArgumentException">The command is of a kind that the lifecycle does not know.</exception>
    public static Transition Decide(JobRecord record, JobCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        now = StoredTime.Cut(now);
        var decision = command switch
        {
            Start start => StartDecision.Decide(record, start, now),
            LeaseCommand ack => LeaseDecisions.Decide(record, ack, now),
            Expire expire => ExpireDecision.Decide(record, expire, now),
            Cancel cancel => UserDecisions.Decide(record, cancel, now),
            PutOff putOff => StartDecision.Decide(record, putOff, now),
            RetryNow => UserDecisions.DecideRetry(record, now),
            SendToDeadLetters deadLetter => UserDecisions.Decide(record, deadLetter, now),
            Delete => UserDecisions.DecideDelete(record),
            _ => throw new ArgumentException($"There is no decision for {command?.GetType().Name ?? "null"}.", nameof(command)),
        };

        // The decisions that every job meets raise the version themselves, which spares a copy of the record.
        return decision.IsChange && decision.Next.Version == record.Version
            ? decision with { Next = decision.Next with { Version = record.Version + 1 } }
            : decision;
    }
}
