using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Ports;

/// <summary>
/// The way from a worker to the authority over a job. Calls throw <see cref="GridUnavailableException"/> when they have no answer; they
/// may then have taken effect, and are safe to repeat.
/// </summary>
public interface IJobPort
{
    /// <summary>Starts an attempt under a lease. When it answers with a started attempt, that is durable.</summary>
    Task<StartReply> StartAsync(JobLease lease, string silo);

    /// <summary>
    /// Starts an attempt that was refused with <see cref="Verdict.Suspect"/>, now that the silo holds a place for such a job.
    /// </summary>
    Task<StartReply> StartSuspectAsync(JobLease lease, string silo, StartPlace place);

    /// <summary>Has a suspected job that waits be due later, because the silo has no place for it.</summary>
    Task<StartReply> PutOffAsync(JobId id, TimeSpan delay);

    /// <summary>Says that an attempt that ran alone does so no more; others may run beside it once that is answered.</summary>
    Task<ReportReply> EndIsolationAsync(JobId id, long leaseToken);

    /// <summary>Says how an attempt ended.</summary>
    Task<AckReply> AckAsync(JobId id, AttemptAck ack);

    /// <summary>Stores progress and checkpoint. Null leaves either as it is.</summary>
    Task<ReportReply> ReportAsync(JobId id, long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint);
}
