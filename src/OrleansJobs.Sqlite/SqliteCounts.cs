using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Sqlite;

/// <summary>What a transaction changes in the counts of each class, and the places it takes in the results queues.</summary>
internal sealed class SqliteCounts(SqliteConnection connection)
{
    private const int States = 7;
    private readonly Dictionary<string, ClassDelta> _deltas = new(StringComparer.Ordinal);

    /// <summary>Forgets what an earlier transaction gathered.</summary>
    public void Begin() => _deltas.Clear();

    public void Add(string jobClass, JobState state, long count = 1) => DeltaOf(jobClass).States[(int)state] += count;

    /// <summary>The next place in the class's results queue. The write lock makes it the order in which commits become visible.</summary>
    public long NextSequence(string jobClass)
    {
        var delta = DeltaOf(jobClass);
        delta.LastSequence ??= ReadLastSequence(jobClass);
        return (++delta.LastSequence).Value;
    }

    /// <summary>Writes the changes.</summary>
    public void Flush()
    {
        foreach (var (jobClass, delta) in _deltas)
        {
            var statement = connection.Prepare(
                "INSERT INTO job_counts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ifnull(?9, 0)) ON CONFLICT DO UPDATE SET " +
                "scheduled = scheduled + ?2, queued = queued + ?3, running = running + ?4, retrying = retrying + ?5, " +
                "succeeded = succeeded + ?6, dead_lettered = dead_lettered + ?7, cancelled = cancelled + ?8, last_seq = ifnull(?9, last_seq)");
            statement.Bind(jobClass);
            foreach (var change in delta.States)
            {
                statement.Bind(change);
            }

            statement.Bind(delta.LastSequence).Run();
        }
    }

    private long ReadLastSequence(string jobClass)
    {
        var statement = connection.Prepare("SELECT last_seq FROM job_counts WHERE class = ?").Bind(jobClass);
        var last = statement.Step() ? statement.Long(0) : 0;
        statement.Reset();
        return last;
    }

    private ClassDelta DeltaOf(string jobClass)
    {
        if (!_deltas.TryGetValue(jobClass, out var delta))
        {
            _deltas.Add(jobClass, delta = new ClassDelta());
        }

        return delta;
    }

    private sealed class ClassDelta
    {
        public long[] States { get; } = new long[SqliteCounts.States];

        public long? LastSequence { get; set; }
    }
}
