using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Makes the completions of leases.</summary>
internal static class Completions
{
    public static LeaseCompletion NotStarted(JobLease lease) =>
        new(lease.Job.Id, lease.Id, lease.Job.State, lease.Job.DueAt, Started: false, Failed: false, TimeSpan.Zero);

    public static LeaseCompletion Refused(JobLease lease, JobRecord? job) =>
        new(lease.Job.Id, lease.Id, job?.State ?? JobState.Cancelled, job?.DueAt ?? lease.Job.DueAt, Started: false, Failed: false, TimeSpan.Zero);

    /// <summary>Without an answer the job still counts as running.</summary>
    public static LeaseCompletion Ended(JobLease lease, AckReply? reply, Ack? ack) => new(
        lease.Job.Id,
        lease.Id,
        reply?.State ?? JobState.Running,
        reply?.DueAt ?? lease.Job.DueAt,
        Started: true,
        Failed: reply?.Verdict is Verdict.Applied or Verdict.Repeated && ack?.Outcome == AttemptOutcome.Failed,
        TimeSpan.Zero);
}
