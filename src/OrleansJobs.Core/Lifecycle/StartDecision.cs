using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Core.Retry;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>Begins attempts.</summary>
internal static class StartDecision
{
    public static Transition Decide(JobRecord record, Start start, DateTimeOffset now)
    {
        if (!record.State.IsWaiting())
        {
            return new Transition(Verdict.WrongState, record);
        }

        if (start.SiloIsDead)
        {
            return new Transition(Verdict.StaleLease, record);
        }

        if (record.Oddity is not null || record.Attempt >= record.MaxAttempts)
        {
            return Refuse(record, now);
        }

        return record.DueAt > now && !(record.DueAt <= start.DueBy) ? new Transition(Verdict.NotDue, record)
            : Suffices(start.Place, Suspects.Of(record, start.IsExplained)) ? new Transition(Verdict.Applied, Begin(record, start, now))
            : new Transition(Verdict.Suspect, record);
    }

    /// <summary>
    /// No job of the grid's own has no attempt left while it waits, or a value that nobody can work with. Refused again and again, it would take
    /// a slot and a token of the rate each time.
    /// </summary>
    private static Transition Refuse(JobRecord record, DateTimeOffset now)
    {
        var reason = record.Oddity ?? $"The job waits, though its attempts are used up: {record.Attempt} of {record.MaxAttempts}.";
        return Ending.Finish(record with { LastError = StoredText.Error(JobError.InvalidRow, reason) }, JobState.DeadLettered, now);
    }

    /// <summary>The job is as far ahead as its new due time puts it; it waits as after a snooze.</summary>
    public static Transition Decide(JobRecord record, PutOff putOff, DateTimeOffset now) => record.State.IsWaiting()
        ? new Transition(
            Verdict.Applied,
            record with { State = JobState.Scheduled, DueAt = StoredTime.RoundUp(now + Backoff.Bound(putOff.Delay, JobLimits.MaxDelay)) })
        : new Transition(Verdict.WrongState, record);

    private static bool Suffices(StartPlace place, Suspicion suspicion) => suspicion switch
    {
        Suspicion.None => true,
        Suspicion.Some => place is StartPlace.AmongSuspects or StartPlace.Alone,
        _ => place == StartPlace.Alone,
    };

    private static JobRecord Begin(JobRecord record, Start start, DateTimeOffset now) => record with
    {
        Version = record.Version + 1,
        State = JobState.Running,
        LeaseToken = record.LeaseToken + 1,
        Attempt = record.Attempt + 1,
        Silo = start.Silo,
        SiloLosses = Suspects.LossesOf(record, start.IsExplained),
        StartedAt = now,
        WaitedFor = start.Place switch
        {
            StartPlace.AmongSuspects => WaitReason.Suspected,
            StartPlace.Alone => WaitReason.Alone,
            _ => start.WaitedFor,
        },
        CancelRequested = false,
        Progress = null,
    };
}
