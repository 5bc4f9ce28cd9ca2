using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>Takes jobs away from lost silos.</summary>
internal static class ExpireDecision
{
    public static Transition Decide(JobRecord record, Expire expire, DateTimeOffset now)
    {
        if (record.State != JobState.Running)
        {
            return new Transition(Verdict.Repeated, record);
        }

        return (record.Silo ?? "") == expire.Silo && (expire.LeaseToken ?? record.LeaseToken) == record.LeaseToken
            ? AttemptHistory.Traced(TakeBack(record, expire, now), record, expire.TraceParent)
            : new Transition(Verdict.StaleLease, record);
    }

    private static Transition TakeBack(JobRecord record, Expire expire, DateTimeOffset now)
    {
        // The token rises here too: a silo that was only cut off must find its late ack stale, not repeated.
        var error = new JobError(JobError.SiloLost, $"Silo {expire.Silo} was lost while it ran attempt {record.Attempt}.");
        var next = AttemptHistory.Add(record, AttemptOutcome.Lost, error, now) with
        {
            LeaseToken = record.LeaseToken + 1,
            SiloLosses = record.SiloLosses + 1,
        };

        if (record.CancelRequested)
        {
            return Ending.Finish(next, JobState.Cancelled, now);
        }

        return record.RunsAlone && expire.SiloIsDead ? DeadLetter(next, Convicted(next, expire.Silo), now)
            : next.Attempt >= next.MaxAttempts ? DeadLetter(next, UsedUp(next, error), now)
            : new Transition(Verdict.Applied, Requeue.AtItsPlace(next, now) with { LastError = error });
    }

    private static Transition DeadLetter(JobRecord record, JobError error, DateTimeOffset now) =>
        Ending.Finish(record with { LastError = error }, JobState.DeadLettered, now);

    private static JobError Convicted(JobRecord record, string silo) => new(
        JobError.EndsItsSilo,
        $"The job is taken for the cause that its silos end: silos were lost {record.SiloLosses} times while they ran it, and it ran alone in the last one, {silo}.");

    private static JobError UsedUp(JobRecord record, JobError error) => error with
    {
        Message = $"{error.Message} That was the last of {record.MaxAttempts} attempts. Other jobs may have run beside it: it is not known to be the cause.",
    };
}
