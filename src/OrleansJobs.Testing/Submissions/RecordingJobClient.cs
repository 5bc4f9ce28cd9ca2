namespace OrleansJobs.Testing;

/// <summary>
/// A client that passes every call on and remembers what was submitted, for <see cref="SubmissionAssertions"/>. Safe to use from many
/// threads.
/// </summary>
/// <param name="grid">What the calls go to.</param>
public sealed class RecordingJobClient(IJobClient grid) : IJobClient
{
    private readonly Lock _gate = new();
    private readonly List<SubmittedJob> _submitted = [];

    /// <inheritdoc/>
    public JobSerializer Serializer => grid.Serializer;

    /// <summary>All submits so far, in order: accepted, repeated and refused ones.</summary>
    public IReadOnlyList<SubmittedJob> Submitted
    {
        get
        {
            lock (_gate)
            {
                return [.. _submitted];
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(
        IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default)
    {
        var outcomes = await grid.SubmitManyAsync(submissions, cancellationToken);
        lock (_gate)
        {
            _submitted.AddRange(submissions.Zip(outcomes, (submission, outcome) => new SubmittedJob(submission, outcome)));
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken = default) => grid.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> WaitForChangeAsync(
        JobId id, long seenVersion, TimeSpan waitUpTo, CancellationToken cancellationToken = default) =>
        grid.WaitForChangeAsync(id, seenVersion, waitUpTo, cancellationToken);

    /// <inheritdoc/>
    public Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken = default) => grid.ExplainAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default) =>
        grid.CancelAsync(id, reason, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken = default) => grid.RetryAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken = default) =>
        grid.DeadLetterAsync(id, reason, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken = default) => grid.DeleteAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<JobPage> ListAsync(
        JobFilter filter, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) =>
        grid.ListAsync(filter, cursor, limit, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken = default) =>
        grid.GetClassesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken = default) =>
        grid.GetClassAsync(jobClass, cancellationToken);

    /// <inheritdoc/>
    public Task<JobClassSettings> ChangeClassAsync(
        string jobClass, JobClassChange change, CancellationToken cancellationToken = default) =>
        grid.ChangeClassAsync(jobClass, change, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(
        string jobClass, long after, int limit, TimeSpan waitUpTo, CancellationToken cancellationToken = default) =>
        grid.ReadFinishedAsync(jobClass, after, limit, waitUpTo, cancellationToken);
}
