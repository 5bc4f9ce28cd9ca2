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
            try
            {
                await TryLockedAsync();
            }
#pragma warning disable CA1031 // Whatever goes wrong belongs to the callers of these writes; the others have to go on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                FailLocked(exception);
            }

            _blocked.Trim();
            if (_locked.Count > 0)
            {
                await PauseAsync();
            }
        }
    }

    private async Task PauseAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            FailLocked(new GridUnavailableException($"The job store in PostgreSQL at {_access.Name} is closed."));
            return;
        }

        await Task.Delay(Pause, _access.TimeProvider, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteArrivalsAsync()
    {
        var since = new Dictionary<StoreWrite, long>(ReferenceEqualityComparer.Instance);
        while (since.Count < _access.Options.GroupCommit.MaxBatchRows && _arrivals.Reader.TryRead(out var next))
        {
            since.Add(next.Write, next.Since);
        }

        try
        {
            await WriteAsync(since);
        }
#pragma warning disable CA1031 // Whatever goes wrong belongs to the callers of these writes; the others have to go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var write in since.Keys)
            {
                write.Fail(exception);
            }
        }
    }

    private async Task WriteAsync(Dictionary<StoreWrite, long> since)
    {
        var known = since.Keys.Where(_blocked.Has).ToHashSet();
        foreach (var write in known)
        {
            _locked.Enqueue(new Waiting(write, since[write]));
        }

        // A new job without a key is hardly ever locked, so those go first.
        foreach (var kind in since.Keys.Where(write => !known.Contains(write)).ToLookup(write => write is StoreWrite.Insert { Record.UniqueKey: not null }).OrderBy(kind => kind.Key))
        {
            foreach (var group in WriteGroup.Split([.. kind]))
            {
                await WriteAsync(group, since);
            }
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
            else if (_access.TimeProvider.GetElapsedTime(waiting.Since) < _access.Options.LockTimeout)
            {
                tries--;
                _blocked.Add(waiting.Write);
                _locked.Enqueue(waiting);
            }
            else
            {
                tries--;
                _blocked.Add(waiting.Write);
                waiting.Write.Fail(Refusal());
            }
        }

        FailOverdue();
    }

    private void FailOverdue()
    {
        for (var left = _locked.Count; left > 0; left--)
        {
            var waiting = _locked.Dequeue();
            if (_access.TimeProvider.GetElapsedTime(waiting.Since) < _access.Options.LockTimeout * 2)
            {
                _locked.Enqueue(waiting);
            }
            else
            {
                waiting.Write.Fail(Refusal());
            }
        }
    }

    private void FailLocked(Exception exception)
    {
        while (_locked.TryDequeue(out var waiting))
        {
            waiting.Write.Fail(exception);
        }
    }

    private GridUnavailableException Refusal() =>
        new($"The job store in PostgreSQL at {_access.Name} waited too long for a lock that another session has on the row or on its unique key.");

    private readonly record struct Waiting(StoreWrite Write, long Since);
}
