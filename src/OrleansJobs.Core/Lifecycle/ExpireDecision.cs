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
            ? AttemptHistory.Traced(TakeBack(record, expire.Silo, now), record, expire.TraceParent)
            : new Transition(Verdict.StaleLease, record);
    }

    private static Transition TakeBack(JobRecord record, string silo, DateTimeOffset now)
    {
        // The token rises here too: a silo that was only cut off must find its late ack stale, not repeated.
        var error = new JobError(JobError.SiloLost, $"Silo {silo} was lost while it ran attempt {record.Attempt}.");
        var next = AttemptHistory.Add(record, AttemptOutcome.Lost, error, now) with
        {
            LeaseToken = record.LeaseToken + 1,
            SiloLosses = record.SiloLosses + 1,
        };

        if (record.CancelRequested)
        {
            return Ending.Finish(next, JobState.Cancelled, now);
        }

        next = next with { LastError = error };
        return next.Attempt >= next.MaxAttempts || next.SiloLosses >= JobLimits.MaxSiloLosses
            ? Ending.Finish(next, JobState.DeadLettered, now)
            : new Transition(Verdict.Applied, next with { State = JobState.Queued });
    }
}
