using System.Threading.Channels;
using Npgsql;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>
/// Writes of groups that have met a lock of another session, on a connection of its own beside the writer's. It finds out which rows are locked
/// and writes the others; those are tried again and again for as long as a write waits for a lock, and fail then.
/// </summary>
internal sealed class PostgresBlockedWrites : IAsyncDisposable
{
    /// <summary>How long each try waits for a lock: long enough for another silo that is about to commit.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(10);

    /// <summary>The pause between two looks at rows that are locked.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Locked rows that are tried in one look, so that others do not wait for long.</summary>
    private const int MaxTries = 10;

    private readonly PostgresAccess _access;
    private readonly BlockedRows _blocked;
    private readonly PostgresCommit _commit;
    private readonly Channel<Waiting> _arrivals;
    private readonly Queue<Waiting> _locked = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;

    public PostgresBlockedWrites(PostgresAccess access, BlockedRows blocked)
    {
        (_access, _blocked) = (access, blocked);
        _commit = new PostgresCommit(access);
        _arrivals = Channel.CreateBounded<Waiting>(access.Options.GroupCommit.QueueCapacity);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Takes a write over; the write itself carries the answer.</summary>
    public void Add(StoreWrite write)
    {
        if (!_arrivals.Writer.TryWrite(new Waiting(write, _access.TimeProvider.GetTimestamp())))
        {
            write.Fail(Refusal());
        }
    }

    /// <summary>Writes what can be written and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _arrivals.Writer.TryComplete();
        await _closing.CancelAsync();
        await _loop;
        await _commit.DisposeAsync();
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        while (_locked.Count > 0 || await _arrivals.Reader.WaitToReadAsync())
        {
            await WriteArrivalsAsync();
            await TryLockedAsync();
            _blocked.Trim();
            if (_closing.IsCancellationRequested)
            {
                FailAll();
            }
            else if (_locked.Count > 0)
            {
                await Task.Delay(Pause, _access.TimeProvider, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WriteArrivalsAsync()
    {
        var since = new Dictionary<StoreWrite, long>(ReferenceEqualityComparer.Instance);
        while (since.Count < _access.Options.GroupCommit.MaxBatchRows && _arrivals.Reader.TryRead(out var next))
        {
            since.Add(next.Write, next.Since);
        }

        var isKnown = since.Keys.ToLookup(_blocked.Has);
        foreach (var write in isKnown[true])
        {
            _locked.Enqueue(new Waiting(write, since[write]));
        }

        // What has no unique key is hardly ever locked, so that goes first.
        var (free, keyed) = (isKnown[false].Where(write => !BlockedRows.HasKey(write)), isKnown[false].Where(BlockedRows.HasKey));
        foreach (var group in WriteGroup.Split([.. free]).Concat(WriteGroup.Split([.. keyed])))
        {
            await WriteAsync(group, since);
        }
    }

    /// <summary>Writes a group, and if it meets a lock its halves, down to the rows that are locked.</summary>
    private async Task WriteAsync(WriteGroup group, Dictionary<StoreWrite, long> since)
    {
        if (await _commit.TryAsync(group, ShortWait) is null)
        {
            return;
        }

        if (group.Count == 1)
        {
            var write = group.Writes.Single();
            _blocked.Add(write);
            _locked.Enqueue(new Waiting(write, since[write]));
            return;
        }

        var (first, second) = group.Halve();
        await WriteAsync(first, since);
        await WriteAsync(second, since);
    }

    /// <summary>Tries some of the locked rows, and the next ones too for as long as they turn out to be free.</summary>
    private async Task TryLockedAsync()
    {
        var tries = MaxTries;
        for (var left = _locked.Count; left > 0 && tries > 0; left--)
        {
            var waiting = _locked.Dequeue();
            if (await _commit.TryAsync(WriteGroup.Split([waiting.Write]).Single(), ShortWait) is null)
            {
                _blocked.Remove(waiting.Write);
            }
            else
            {
                tries--;
                _blocked.Add(waiting.Write);
                _locked.Enqueue(waiting);
            }
        }

        FailOverdue();
    }

    private void FailOverdue()
    {
        for (var left = _locked.Count; left > 0; left--)
        {
            var waiting = _locked.Dequeue();
            if (_access.TimeProvider.GetElapsedTime(waiting.Since) < _access.Options.LockTimeout)
            {
                _locked.Enqueue(waiting);
            }
            else
            {
                waiting.Write.Fail(Refusal());
            }
        }
    }

    private void FailAll()
    {
        while (_locked.TryDequeue(out var waiting))
        {
            waiting.Write.Fail(new GridUnavailableException($"The job store in PostgreSQL at {_access.Name} is closed."));
        }
    }

    private GridUnavailableException Refusal() =>
        new($"The job store in PostgreSQL at {_access.Name} waited too long for a lock that another session has on the row or on its unique key.");

    private readonly record struct Waiting(StoreWrite Write, long Since);
}
