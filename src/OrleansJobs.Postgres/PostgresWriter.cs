using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>
/// The writer of a process: sends each group in one call, which is one transaction, and answers the callers after the commit. A group that
/// meets a lock of another session goes on beside it.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    /// <summary>Groups after which the counts are summed up, so that nobody reads many more changes.</summary>
    private const int GroupsPerSum = 256;

    private readonly PostgresCommit _commit;
    private readonly BlockedRows _blocked;
    private readonly PostgresBlockedWrites _waiting;
    private readonly BatchQueue<StoreWrite> _queue;
    private int _groups;

    public PostgresWriter(PostgresAccess access)
    {
        _commit = new PostgresCommit(access);
        _blocked = new BlockedRows(access.TimeProvider);
        _waiting = new PostgresBlockedWrites(access, _blocked);
        _queue = BatchQueue<StoreWrite>.Start("jobs-postgres-writer", access.Options.GroupCommit, ProcessAsync, "postgresql");
    }

    public Task<T> SubmitAsync<T>(StoreWrite.Of<T> write) => _queue.SubmitAsync(write, write.Task);

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _waiting.DisposeAsync();
        await _commit.DisposeAsync();
    }

    private async Task ProcessAsync(IReadOnlyList<StoreWrite> batch)
    {
        foreach (var group in WriteGroup.Split(SendKnownAside(batch)))
        {
            await CommitAsync(group);
        }

        if (_groups >= GroupsPerSum)
        {
            _groups = 0;
            await CommitAsync(WriteGroup.Split([new StoreWrite.Upkeep()]).Single());
        }
    }

    private List<StoreWrite> SendKnownAside(IReadOnlyList<StoreWrite> batch)
    {
        var areManyKeys = _blocked.AreManyKeys;
        var free = new List<StoreWrite>(batch.Count);
        foreach (var write in batch)
        {
            if (_blocked.Has(write) || (areManyKeys && BlockedRows.HasKey(write)))
            {
                _waiting.Add(write);
            }
            else
            {
                free.Add(write);
            }
        }

        return free;
    }

    /// <summary>Writes a group. When a row spoils it, its halves are written for themselves, down to the row that does.</summary>
    private async Task CommitAsync(WriteGroup group)
    {
        _groups++;
        switch (await _commit.TryAsync(group, BlockedRows.FirstWait))
        {
            case null:
                break;
            case var error when PostgresErrors.IsLockTimeout(error):
                foreach (var write in group.Writes)
                {
                    _waiting.Add(write);
                }

                break;
            default:
                var (first, second) = group.Halve();
                await CommitAsync(first);
                await CommitAsync(second);
                break;
        }
    }
}
