using Orleans.Concurrency;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Jobs;

/// <summary>One job, keyed by its id, as silos and dispatchers see it.</summary>
[Alias("orleansjobs.job-authority")]
public interface IJobAuthorityGrain : IGrainWithGuidKey
{
    /// <summary>Starts an attempt under a lease of a job that was due then, after it was held back for the reason given; durable when it answers.</summary>
    [Alias("start")]
    Task<Immutable<StartReply>> StartAsync(string silo, DateTimeOffset dueBy, WaitReason waitedFor);

    /// <summary>Starts an attempt that was refused as a suspect's, now that the silo holds a place for it.</summary>
    [Alias("start-suspect")]
    Task<Immutable<StartReply>> StartSuspectAsync(string silo, DateTimeOffset dueBy, WaitReason waitedFor, StartPlace place);

    /// <summary>Has a suspected job that waits be due later.</summary>
    [Alias("put-off")]
    Task<Immutable<StartReply>> PutOffAsync(TimeSpan delay);

    /// <summary>Says that an attempt that ran alone does so no more.</summary>
    [Alias("end-isolation")]
    Task<Immutable<ReportReply>> EndIsolationAsync(long leaseToken);

    /// <summary>Ends the running attempt.</summary>
    [Alias("ack")]
    Task<Immutable<AckReply>> AckAsync([Immutable] AttemptAck ack);

    /// <summary>Stores progress and checkpoint of the running attempt.</summary>
    [Alias("report")]
    Task<Immutable<ReportReply>> ReportAsync(long leaseToken, JobProgress? progress, ReadOnlyMemory<byte>? checkpoint);

    /// <summary>Ends the lease of a silo that is lost.</summary>
    [Alias("expire")]
    Task<ExpireReply> ExpireAsync(string silo, long? leaseToken, bool siloIsDead);

    /// <summary>The job as its dispatcher needs it; null if there is none.</summary>
    [Alias("waiting"), AlwaysInterleave]
    Task<WaitingJob?> GetWaitingAsync();
}
