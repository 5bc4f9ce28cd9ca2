using Orleans.Concurrency;

namespace OrleansJobs.Client.Grains;

/// <summary>One job, keyed by its id: the authority over its state.</summary>
[Alias("orleansjobs.job")]
public interface IJobGrain : IGrainWithGuidKey
{
    /// <summary>Makes the job durable, unless it is already.</summary>
    [Alias("submit")]
    Task<Reply<SubmitReceipt>> SubmitAsync([Immutable] JobSubmission submission);

    /// <summary>The job as it is now.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Reply<JobSnapshot>> GetAsync();

    /// <summary>The job as soon as its version is another than the one seen, or when the time is up.</summary>
    [Alias("wait"), AlwaysInterleave, ResponseTimeout("00:01:00")]
    Task<Reply<JobSnapshot>> WaitForChangeAsync(long seenVersion, TimeSpan waitUpTo);

    /// <summary>Ends the job, or asks the running attempt to stop.</summary>
    [Alias("cancel")]
    Task<Reply<JobSnapshot>> CancelAsync(string? reason);

    /// <summary>Puts the job back into the backlog.</summary>
    [Alias("retry")]
    Task<Reply<JobSnapshot>> RetryAsync();

    /// <summary>Sends the waiting job to the dead letters.</summary>
    [Alias("dead-letter")]
    Task<Reply<JobSnapshot>> DeadLetterAsync(string reason);

    /// <summary>Deletes the ended job; the answer has it as it was.</summary>
    [Alias("delete")]
    Task<Reply<JobSnapshot>> DeleteAsync();
}
