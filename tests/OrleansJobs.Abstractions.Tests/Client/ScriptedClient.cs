namespace OrleansJobs.Abstractions.Tests.Client;

/// <summary>A grid that gives the answers it was told, in order, and remembers what it was asked.</summary>
internal sealed class ScriptedClient : IJobClient
{
    public JobSerializer Serializer => JobSerializer.Default;

    /// <summary>Answers to <see cref="WaitForChangeAsync"/>; a call without an answer waits for its token.</summary>
    public Queue<Func<JobSnapshot>> Changes { get; } = new();

    public List<long> SeenVersions { get; } = [];

    public List<JobSubmission> Submitted { get; } = [];

    public Func<JobSubmission, SubmitOutcome> Outcome { get; set; } = submission => new(submission.Id, SubmitStatus.Accepted);

    public JobSnapshot? Found { get; set; }

    public List<FinishedJob> Finished { get; } = [];

    /// <summary>For each of the next reads of the results queue, whether the grid is away; it is there when this is empty.</summary>
    public Queue<bool> Away { get; } = new();

    public List<(long After, int Limit, TimeSpan Wait)> Reads { get; } = [];

    public List<JobClassChange> ClassChanges { get; } = [];

    public Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default)
    {
        Submitted.AddRange(submissions);
        return Task.FromResult<IReadOnlyList<SubmitOutcome>>([.. submissions.Select(Outcome)]);
    }

    public Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken = default) => Task.FromResult(Found);

    public async Task<JobSnapshot> WaitForChangeAsync(
        JobId id, long seenVersion, TimeSpan waitUpTo, CancellationToken cancellationToken = default)
    {
        SeenVersions.Add(seenVersion);
        if (Changes.Count == 0)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return Changes.Dequeue()();
    }

    public Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(
        string jobClass, long after, int limit, TimeSpan waitUpTo, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Reads.Add((after, limit, waitUpTo));
        if (Away.TryDequeue(out var away) && away)
        {
            throw new GridUnavailableException("away");
        }

        return Task.FromResult<IReadOnlyList<FinishedJob>>([.. Finished.Where(entry => entry.Sequence > after).Take(limit)]);
    }

    public Task<JobClassSettings> ChangeClassAsync(string jobClass, JobClassChange change, CancellationToken cancellationToken = default)
    {
        ClassChanges.Add(change);
        return Task.FromResult(new JobClassSettings { Paused = change.Paused ?? false });
    }

    public Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<JobSnapshot> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<JobPage> ListAsync(JobFilter filter, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
