namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>
/// A grid in memory without pools: the tests say when a job starts and how it ends. States, unique keys, limits and errors are those
/// that <see cref="IJobClient"/> promises.
/// </summary>
internal sealed partial class InMemoryGrid : IJobClient, IGridMonitor
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, JobSnapshot> _jobs = [];
    private readonly Dictionary<string, JobClassStatus> _classes = new(StringComparer.Ordinal);
    private readonly List<FinishedJob> _finished = [];
    private long _lastSequence;
    private TaskCompletionSource _changed = NewSignal();
    private Exception? _failure;

    public InMemoryGrid(params string[] classes)
    {
        foreach (var name in classes)
        {
            _classes[name] = new JobClassStatus
            {
                JobClass = name,
                Settings = new JobClassSettings { MaxLocalWorkers = 4 },
                MaxLocalWorkersCeiling = 16,
                Pools = [new PoolStatus("silo-1", 4, 0, false, Now)],
            };
        }
    }

    public JobSerializer Serializer => JobSerializer.Default;

    public Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(
        IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken = default)
    {
        if (submissions.Count > JobLimits.MaxSubmitBatch)
        {
            throw new BatchTooLargeException(submissions.Count, JobLimits.MaxSubmitBatch);
        }

        List<SubmitOutcome> outcomes;
        lock (_lock)
        {
            ThrowIfAway();
            BatchSizes.Enqueue(submissions.Count);
            outcomes = [.. submissions.Select(Submit)];
            Signal();
        }

        foreach (var outcome in outcomes.Where(outcome => outcome.Status == SubmitStatus.Accepted && OnAccepted is not null))
        {
            OnAccepted!(Get(outcome.Id));
        }

        return Task.FromResult<IReadOnlyList<SubmitOutcome>>(outcomes);
    }

    public Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            return Task.FromResult(_jobs.GetValueOrDefault(id));
        }
    }

    public async Task<JobSnapshot> WaitForChangeAsync(
        JobId id, long seenVersion, TimeSpan waitUpTo, CancellationToken cancellationToken = default)
    {
        await WaitUntilAsync(() => Get(id).Version != seenVersion, waitUpTo, cancellationToken);
        return Get(id);
    }

    public Task<JobWait> ExplainAsync(JobId id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var job = Get(id);
            return Task.FromResult(job switch
            {
                { State: JobState.Scheduled } => new JobWait(WaitReason.NotDue, $"It is due at {job.DueAt:O}.", job.DueAt),
                { State: JobState.Queued } when _classes[job.JobClass].Settings.Paused => new JobWait(WaitReason.Paused, "Its class is paused."),
                { State: JobState.Queued } => new JobWait(WaitReason.PoolFull, "All 4 permits are taken."),
                _ => new JobWait(WaitReason.None, $"It does not wait: it is {job.State}."),
            });
        }
    }

    public async Task<JobSnapshot> CancelAsync(JobId id, string? reason = null, CancellationToken cancellationToken = default)
    {
        await HoldCancels.WaitAsync(cancellationToken);
        lock (_lock)
        {
            var job = Get(id);
            return job.State switch
            {
                JobState.Cancelled => job,
                JobState.Running => Change(id, running => running with { CancelRequested = true }),
                var state when state.IsTerminal() => throw new JobStateException(id, state, "cancelled"),
                _ => Finish(id, waiting => waiting with
                {
                    State = JobState.Cancelled,
                    LastError = new JobError(JobError.Cancelled, reason ?? "Cancelled."),
                }),
            };
        }
    }

    public Task<JobSnapshot> RetryAsync(JobId id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var job = Get(id);
            if (job.State is JobState.Running or JobState.Succeeded)
            {
                throw new JobStateException(id, job.State, "retried");
            }

            var retried = Change(id, old => old with { State = JobState.Queued, Attempt = 0, DueAt = Now, FinishedAt = null });
            OnRetried?.Invoke(id);
            return Task.FromResult(retried);
        }
    }

    public Task<JobSnapshot> DeadLetterAsync(JobId id, string reason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var job = Get(id);
            return job.State.IsWaiting()
                ? Task.FromResult(Finish(id, old => old with
                {
                    State = JobState.DeadLettered,
                    LastError = new JobError(JobError.DeadLetter, reason),
                }))
                : throw new JobStateException(id, job.State, "sent to the dead letters");
        }
    }

    public Task<JobSnapshot> DeleteAsync(JobId id, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            var job = Get(id);
            if (!job.State.IsTerminal())
            {
                throw new JobStateException(id, job.State, "deleted");
            }

            _jobs.Remove(id);
            _finished.RemoveAll(entry => entry.Job.Id == id);
            OnDeleted?.Invoke(id);
            return Task.FromResult(job);
        }
    }

    public Task<JobPage> ListAsync(
        JobFilter filter, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            var before = cursor is null ? (ListPosition?)null
                : ListPosition.TryParse(cursor, out var place) ? place
                : throw new InvalidRequestException($"The cursor '{cursor}' is not valid.");
            var found = _jobs.Values
                .Where(job => Matches(job, filter) && (before is null || ListPosition.Of(job) < before))
                .OrderByDescending(ListPosition.Of)
                .Select(job => job with { Payload = default, Result = null })
                .Take(limit + 1)
                .ToList();
            var page = found.Take(limit).ToList();
            return Task.FromResult(new JobPage(page, found.Count > limit ? ListPosition.Of(page[^1]).ToString() : null));
        }
    }

    public Task<IReadOnlyList<JobClassStatus>> GetClassesAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            return Task.FromResult<IReadOnlyList<JobClassStatus>>([.. _classes.Keys.Order().Select(Status)]);
        }
    }

    public Task<JobClassStatus> GetClassAsync(string jobClass, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            return Task.FromResult(Status(jobClass));
        }
    }

    public Task<JobClassSettings> ChangeClassAsync(string jobClass, JobClassChange change, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            ThrowIfAway();
            var status = Status(jobClass);
            var faults = InMemoryRules.FaultsOf(change, status.MaxLocalWorkersCeiling);
            if (faults.Count > 0)
            {
                throw new InvalidOptionsException(faults);
            }

            var settings = InMemoryRules.Apply(status.Settings, change);
            _classes[jobClass] = status with { Settings = settings };
            Signal();
            return Task.FromResult(settings);
        }
    }

    public async Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(
        string jobClass, long after, int limit, TimeSpan waitUpTo, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<FinishedJob> Page()
        {
            lock (_lock)
            {
                ThrowIfAway();
                _ = Status(jobClass);
                return [.. _finished.Where(entry => entry.Job.JobClass == jobClass && entry.Sequence > after).Take(limit)];
            }
        }

        await WaitUntilAsync(() => Page().Count > 0, waitUpTo, cancellationToken);
        return Page();
    }
}
