using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Simulation.Storage;

/// <summary>The rows of the store with its indexes, and the counts that move with them.</summary>
internal sealed class JobTable(bool ignoresKeys, bool neverCountsDown)
{
    private static readonly Comparer<WaitingJob> ByDispatch = Comparer<WaitingJob>.Create((x, y) =>
        x.Priority != y.Priority ? y.Priority - x.Priority
        : x.DueAt != y.DueAt ? x.DueAt.CompareTo(y.DueAt)
        : x.Id.Value.CompareTo(y.Id.Value));

    private static readonly Comparer<WaitingJob> ByDue = Comparer<WaitingJob>.Create((x, y) =>
        x.DueAt != y.DueAt ? x.DueAt.CompareTo(y.DueAt) : x.Id.Value.CompareTo(y.Id.Value));

    private readonly Dictionary<JobId, JobRecord> _rows = [];
    private readonly Dictionary<(string JobClass, string Key), JobId> _keys = [];
    private readonly Dictionary<string, ClassIndex> _classes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<JobRecord> Rows => _rows.Values;

    /// <summary>Jobs that have not ended and are not due after the given time.</summary>
    public int OpenBy(DateTimeOffset time) => _rows.Values.Count(row => row.State < JobState.Succeeded && row.DueAt <= time);

    public IReadOnlyDictionary<JobState, long> Counts(string jobClass) => Of(jobClass).Counts;

    public JobRecord? Find(JobId id) => _rows.GetValueOrDefault(id);

    public JobRecord? FindByKey(string jobClass, string key) =>
        !ignoresKeys && _keys.TryGetValue((jobClass, key), out var id) ? _rows[id] : null;

    /// <summary>Inserts a row if neither its id nor its key is there; otherwise answers who has it.</summary>
    public Insertion Insert(JobRecord row)
    {
        if (_rows.ContainsKey(row.Id))
        {
            return new Insertion(InsertionOutcome.IdTaken, row.Id);
        }

        if (row.UniqueKey is { } key && FindByKey(row.JobClass, key) is { } holder)
        {
            return new Insertion(InsertionOutcome.KeyTaken, holder.Id);
        }

        if (row.UniqueKey is { } taken)
        {
            _keys[(row.JobClass, taken)] = row.Id;
        }

        Put(row);
        return new Insertion(InsertionOutcome.Inserted, row.Id);
    }

    /// <summary>Writes a row if the stored version is the one before; any version when told so.</summary>
    public bool Update(JobRecord next, JobState before, bool anyVersion)
    {
        if (!_rows.TryGetValue(next.Id, out var stored) || (!anyVersion && stored.Version != next.Version - 1))
        {
            return false;
        }

        Of(next.JobClass).Remove(stored);
        Of(next.JobClass).Counts[before] -= neverCountsDown ? 0 : 1;
        Put(next);
        return true;
    }

    /// <summary>
    /// Deletes the row if it is stored in this version, and gives it. The stores also look whether the job has ended; here that is left to the
    /// core, so that a checker sees when that does not.
    /// </summary>
    public JobRecord? Delete(JobId id, long version)
    {
        if (!_rows.TryGetValue(id, out var stored) || stored.Version != version)
        {
            return null;
        }

        _rows.Remove(id);
        if (stored.UniqueKey is { } key)
        {
            _keys.Remove((stored.JobClass, key));
        }

        Of(stored.JobClass).Remove(stored);
        Of(stored.JobClass).Counts[stored.State] -= neverCountsDown ? 0 : 1;
        return stored;
    }

    public IReadOnlyList<string> Tenants(string jobClass, string? after, int limit) =>
        [.. Of(jobClass).Waiting.Where(entry => entry.Value.Count > 0 && string.CompareOrdinal(entry.Key, after) > 0)
            .Select(entry => entry.Key).Take(limit)];

    public IReadOnlyList<WaitingJob> Waiting(string jobClass, string tenant, WaitingJob? after, DateTimeOffset dueBy, int limit) =>
        Of(jobClass).Waiting.TryGetValue(tenant, out var jobs)
            ? [.. jobs.Where(job => (after is null || ByDispatch.Compare(job, after) > 0) && job.DueAt <= dueBy).Take(limit)]
            : [];

    public IReadOnlyList<WaitingJob> Due(string jobClass, DateTimeOffset afterDue, JobId? afterId, int limit) =>
        [.. Of(jobClass).ByDue.Where(job => job.DueAt > afterDue || (job.DueAt == afterDue && afterId is { } id && job.Id > id)).Take(limit)];

    public IReadOnlyList<JobRecord> Running(string jobClass, JobId? after, int limit) =>
        [.. Of(jobClass).Running.Where(entry => after is not { } id || entry.Key > id).Select(entry => entry.Value).Take(limit)];

    private void Put(JobRecord row)
    {
        _rows[row.Id] = row;
        var index = Of(row.JobClass);
        index.Add(row);
        index.Counts[row.State]++;
    }

    private ClassIndex Of(string jobClass)
    {
        if (!_classes.TryGetValue(jobClass, out var index))
        {
            _classes[jobClass] = index = new ClassIndex();
        }

        return index;
    }

    private sealed class ClassIndex
    {
        public SortedDictionary<string, SortedSet<WaitingJob>> Waiting { get; } = new(StringComparer.Ordinal);

        public SortedSet<WaitingJob> ByDue { get; } = new(JobTable.ByDue);

        public SortedDictionary<JobId, JobRecord> Running { get; } = [];

        public Dictionary<JobState, long> Counts { get; } = Enum.GetValues<JobState>().ToDictionary(state => state, _ => 0L);

        public void Add(JobRecord row)
        {
            if (row.State == JobState.Running)
            {
                Running[row.Id] = row;
            }
            else if (row.State < JobState.Succeeded)
            {
                var job = new WaitingJob(row.Id, row.Tenant, row.Priority, row.Cost, row.DueAt, row.State);
                if (!Waiting.TryGetValue(row.Tenant, out var jobs))
                {
                    Waiting[row.Tenant] = jobs = new SortedSet<WaitingJob>(ByDispatch);
                }

                jobs.Add(job);
                ByDue.Add(job);
            }
        }

        public void Remove(JobRecord row)
        {
            Running.Remove(row.Id);
            if (row.State < JobState.Succeeded && row.State != JobState.Running)
            {
                var job = new WaitingJob(row.Id, row.Tenant, row.Priority, row.Cost, row.DueAt, row.State);
                Waiting[row.Tenant].Remove(job);
                ByDue.Remove(job);
            }
        }
    }
}
