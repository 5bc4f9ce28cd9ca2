namespace OrleansJobs;

/// <summary>
/// Does the work of one job class. One instance is made for each attempt, in a service scope of its own. A handler may run more than
/// once for a job (at least once), so its effects should be safe to repeat.
/// </summary>
/// <typeparam name="TPayload">What a job of the class carries.</typeparam>
public interface IJobHandler<in TPayload>
{
    /// <summary>
    /// Runs one attempt. Returning says how it ended; throwing fails it, and the class's retry policy decides what follows.
    /// </summary>
    /// <param name="payload">What the job carries.</param>
    /// <param name="context">The attempt: its cancellation, progress, checkpoint and logger.</param>
    Task<JobResult> HandleAsync(TPayload payload, JobContext context);
}
