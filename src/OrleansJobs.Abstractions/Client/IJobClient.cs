namespace OrleansJobs;

/// <summary>
/// Talks to a job grid. Every engine gives this interface with the same behaviour. Calls throw <see cref="GridUnavailableException"/>
/// when the grid cannot be reached or its store does not answer; nothing that was answered is ever lost.
/// </summary>
public interface IJobClient
{
    /// <summary>Turns payloads and results into bytes and back.</summary>
    JobSerializer Serializer { get; }

    /// <summary>Submits jobs, of one class or several. Each is answered for itself, in order; one refusal does not touch the others.</summary>
    /// <exception cref="BatchTooLargeException">There are more than <see cref="JobLimits.MaxSubmitBatch"/>.</exception>
    Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(
        IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default);

    /// <summary>The job, or null if the grid does not know it.</summary>
    Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until the job's version is another than <paramref name="seenVersion"/>, or until the time is up; answers with the job as it
    /// is then. One call of a long poll: it holds no thread and asks the store nothing while it waits.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="seenVersion">The version that the caller has seen; 0 for none.</param>
    /// <param name="waitUpTo">How long to wait at most; the grid may answer sooner. From 0 to 20 s.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    Task<JobSnapshot> WaitForChangeAsync(
        JobId id, long seenVersion, TimeSpan waitUpTo, CancellationToken cancellationToken = default);

    /// <summary>Why the job does not run.</summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Cancels a job: one that waits ends at once, a running one is asked to stop and ends when its handler does. Cancelling a cancelled
    /// job changes nothing.
    /// </summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    /// <exception cref="JobStateException">The job has ended in another way.</exception>
    Task<JobSnapshot> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Puts a dead-lettered or cancelled job back into the backlog with a full set of attempts; hurries one that waits.</summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    /// <exception cref="JobStateException">The job runs or has succeeded.</exception>
    Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>Sends a waiting job to the dead letters; one that is there already stays as it is.</summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    /// <exception cref="JobStateException">The job runs or has ended in another way.</exception>
    Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a job that has ended, with its result, its place in the results queue, its tags and its log, as its class's retention would; gives
    /// it as it was. Its unique key is free again, and so is its id: the same submit once more is a new job, which runs.
    /// </summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job, or it is deleted already.</exception>
    /// <exception cref="JobStateException">The job is open; cancel it first.</exception>
    Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists jobs, newest first. A page may be shorter than its limit, or empty, and still have a <see cref="JobPage.NextCursor"/>: go on
    /// until it has none.
    /// </summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="cursor">Where to go on; null for the first page.</param>
    /// <param name="limit">Jobs on the page, from 1 to <see cref="JobLimits.MaxPageSize"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="InvalidRequestException">The cursor, the limit or the filter's error text is not valid.</exception>
    Task<JobPage> ListAsync(JobFilter filter, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// All classes with their limits, counts and pools. A class that no host has any more is there with its counts alone, as long as it has jobs; its
    /// <see cref="JobClassStatus.MaxLocalWorkersCeiling"/> is 0.
    /// </summary>
    Task<IReadOnlyList<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken = default);

    /// <summary>One class with its limits, counts and pools.</summary>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken = default);

    /// <summary>Changes a class's limits in the whole cluster, now and for good; answers when the dispatcher goes by them.</summary>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    /// <exception cref="InvalidOptionsException">A value is out of range; nothing was changed.</exception>
    Task<JobClassSettings> ChangeClassAsync(string jobClass, JobClassChange change, CancellationToken cancellationToken = default);

    /// <summary>
    /// One page of a class's results queue: finished jobs after <paramref name="after"/>, in order. Waits for the first one until the
    /// time is up. A page that comes to <see cref="JobLimits.MaxPageBytes"/> is shorter than its limit, so only an empty one is the end.
    /// </summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="after">The last <see cref="FinishedJob.Sequence"/> that was read; 0 for the beginning.</param>
    /// <param name="limit">Jobs on the page, from 1 to <see cref="JobLimits.MaxPageSize"/>.</param>
    /// <param name="waitUpTo">How long to wait at most for the first one; from 0 to 20 s.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(
        string jobClass, long after, int limit, TimeSpan waitUpTo, CancellationToken cancellationToken = default);
}
