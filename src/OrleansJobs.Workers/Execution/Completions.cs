using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Execution;

/// <summary>Makes the completions of leases.</summary>
internal static class Completions
{
    /// <summary>The lease was given back; the job waits as it did.</summary>
    public static LeaseCompletion NotStarted(this JobLease lease) =>
        new(lease.Job.Id, lease.Id, lease.Job.State, lease.Job.DueAt, Started: false, Failed: false, TimeSpan.Zero);

    /// <summary>
    /// Whoever ran the lease failed. Before the start the job waits as it did; after it, nobody has said what became of the job, so it counts as
    /// running until the lease expires.
    /// </summary>
    public static LeaseCompletion BrokenOff(this RunningAttempt attempt) =>
        attempt.LeaseToken is null ? attempt.Lease.NotStarted() : attempt.Lease.Ended(reply: null, ack: null, TimeSpan.Zero);

    /// <summary>The job could not be started; a job that is gone counts as ended.</summary>
    public static LeaseCompletion Refused(this JobLease lease, JobRecord? job) =>
        new(lease.Job.Id, lease.Id, job?.State ?? JobState.Cancelled, job?.DueAt ?? lease.Job.DueAt, Started: false, Failed: false, TimeSpan.Zero);

    /// <summary>The attempt ended. Without an answer the job still counts as running: its authority says otherwise when the lease expires.</summary>
    public static LeaseCompletion Ended(this JobLease lease, AckReply? reply, AttemptAck? ack, TimeSpan runTime)
    {
        var failed = reply?.Verdict is Verdict.Applied or Verdict.Repeated && ack?.Outcome == AttemptOutcome.Failed;
        return new LeaseCompletion(
            lease.Job.Id, lease.Id, reply?.State ?? JobState.Running, reply?.DueAt ?? lease.Job.DueAt, Started: true, failed, runTime)
        {
            Error = failed && ack?.Error is { } error ? Short(error) : null,
        };
    }

    private static JobError Short(JobError error) => new(Cut(error.Type), Cut(error.Message));

    private static string Cut(string text) =>
        text.Length <= InsightLimits.MaxGroupMessageLength ? text : string.Concat(text.AsSpan(0, InsightLimits.MaxGroupMessageLength - 1), "…");
}
