using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Workers.Ports;

/// <summary>
/// The way from a worker to the authority over a job. Calls throw <see cref="GridUnavailableException"/> when they have no answer; they
/// may then have taken effect, and are safe to repeat.
/// </summary>
public interface IJobPort
{
    /// <summary>Starts an attempt under a lease. When it answers with a started attempt, that is durable.</summary>
    Task<StartReply> StartAsync(JobLease lease, string silo);

    /// <summary>Says how an attempt ended.</summary>
    Task<AckReply> AckAsync(JobId id, AttemptAck ack);

    /// <summary>Stores progress and checkpoint. Null leaves either as it is.</summary>
    Task<ReportReply> ReportAsync(JobId id, long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint);
}
