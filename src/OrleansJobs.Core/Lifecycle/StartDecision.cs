using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>Begins attempts.</summary>
internal static class StartDecision
{
    public static Transition Decide(JobRecord record, Start start, DateTimeOffset now)
    {
        // A waiting job always has an attempt left; the second test makes a damaged record harmless.
        if (!record.State.IsWaiting() || record.Attempt >= record.MaxAttempts)
        {
            return new Transition(Verdict.WrongState, record);
        }

        if (start.SiloIsDead)
        {
            return new Transition(Verdict.StaleLease, record);
        }

        return record.DueAt > now
            ? new Transition(Verdict.NotDue, record)
            : new Transition(Verdict.Applied, Begin(record, start, now));
    }

    private static JobRecord Begin(JobRecord record, Start start, DateTimeOffset now) => record with
    {
        Version = record.Version + 1,
        State = JobState.Running,
        LeaseToken = record.LeaseToken + 1,
        Attempt = record.Attempt + 1,
        Silo = start.Silo,
        StartedAt = now,
        WaitedFor = start.WaitedFor,
        CancelRequested = false,
        Progress = null,
    };
}
