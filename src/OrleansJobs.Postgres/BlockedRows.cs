using System.Collections.Concurrent;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>
/// What is known to be locked by other sessions: jobs, and unique keys. Who wants one of them is sent another way at once, so that the writer
/// does not find out again.
/// </summary>
internal sealed class BlockedRows(TimeProvider timeProvider)
{
    /// <summary>How long the writer waits for a lock before it looks which of its rows it is.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a row is remembered after it was last found to be locked.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    /// <summary>Locked keys from which on any other one may be locked as well: by a transaction that inserts many.</summary>
    private const int ManyKeys = 3;

    /// <summary>Rows that are remembered at most.</summary>
    public const int MaxRows = 10_000;

    private readonly ConcurrentDictionary<(JobId Id, string JobClass, string? Key), long> _rows = new();

    /// <summary>Whether so many unique keys are locked that each new one is better tried apart.</summary>
    public bool AreManyKeys => !_rows.IsEmpty && _rows.Where(row => row.Key.Key is not null).Take(ManyKeys).Count() == ManyKeys;

    /// <summary>Remembers that a row is locked.</summary>
    public void Add(StoreWrite write)
    {
        if (KeyOf(write) is { } row && (_rows.Count < MaxRows || _rows.ContainsKey(row)))
        {
            _rows[row] = timeProvider.GetTimestamp();
        }
    }

    /// <summary>Forgets a row, because it could be written.</summary>
    public void Remove(StoreWrite write)
    {
        if (KeyOf(write) is { } row)
        {
            _rows.TryRemove(row, out _);
        }
    }

    /// <summary>Whether the row was locked a short time ago.</summary>
    public bool Has(StoreWrite write)
    {
        if (_rows.IsEmpty || KeyOf(write) is not { } row || !_rows.TryGetValue(row, out var at))
        {
            return false;
        }

        if (timeProvider.GetElapsedTime(at) <= Memory)
        {
            return true;
        }

        _rows.TryRemove(row, out _);
        return false;
    }

    /// <summary>Forgets what was not seen for long.</summary>
    public void Trim()
    {
        foreach (var (row, at) in _rows)
        {
            if (timeProvider.GetElapsedTime(at) > Memory)
            {
                _rows.TryRemove(row, out _);
            }
        }
    }

    public static bool HasKey(StoreWrite write) => write is StoreWrite.Insert { Record.UniqueKey: not null };

    // A job that is new and has a key is looked for by that: each repetition of its submit is another job.
    private static (JobId Id, string JobClass, string? Key)? KeyOf(StoreWrite write) => write switch
    {
        StoreWrite.Insert { Record: { UniqueKey: { } key } job } => (default, job.JobClass, key),
        StoreWrite.Insert insert => (insert.Record.Id, "", null),
        StoreWrite.Update update => (update.Next.Id, "", null),
        StoreWrite.Delete delete => (delete.Id, "", null),
        StoreWrite.Settings settings => (default, settings.JobClass, null),
        _ => null,
    };
}
