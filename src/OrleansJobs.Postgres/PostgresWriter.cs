using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansJobs.Storage.GroupCommit;
using Polly;

namespace OrleansJobs.Postgres;

/// <summary>
/// The one writer of a process: sends each group in one round trip, which is one transaction, on a connection of its own, and answers
/// the callers after the commit.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private readonly PostgresAccess _access;
    private readonly PostgresSession _session;
    private readonly ResiliencePipeline _retry;
    private readonly BatchQueue<StoreWrite> _queue;
    private bool _isDown;

    public PostgresWriter(PostgresAccess access)
    {
        _access = access;
        _session = new PostgresSession(access);

        // While the database is known to be down each group gets one try, so that the queue does not wait out the retries of them all.
        _retry = access.CreateRetry(() => !_isDown);
        _queue = BatchQueue<StoreWrite>.Start("jobs-postgres-writer", access.Options.GroupCommit, ProcessAsync, "postgresql");
    }

    public Task<T> SubmitAsync<T>(StoreWrite.Of<T> write) => _queue.SubmitAsync(write, write.Task);

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _session.DisposeAsync();
    }

    private async Task ProcessAsync(IReadOnlyList<StoreWrite> batch)
    {
        foreach (var group in WriteGroup.Split(batch))
        {
            await CommitAsync(group, _access.Options.LockTimeout);
        }
    }

    /// <summary>Writes a group. When a row spoils it, its halves are written for themselves, down to the row that does.</summary>
    private async Task<bool> CommitAsync(WriteGroup group, TimeSpan lockTimeout)
    {
        try
        {
            await WriteWithRetriesAsync(group, lockTimeout);
            _isDown = false;
            foreach (var write in group.Writes)
            {
                write.Answer();
            }

            return true;
        }
        catch (Exception exception) when (PostgresErrors.IsOfRow(exception) && group.Count == 1)
        {
            group.Fail(new InvalidRequestException($"The job store refused the row: {((PostgresException)exception).MessageText}."));
        }
        catch (Exception exception) when (CanBeOfOneRow(exception) && group.Count > 1)
        {
            return await CommitHalvesAsync(group, PostgresErrors.IsLockTimeout(exception), lockTimeout);
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            _isDown = PostgresErrors.IsTransient(exception);
            _access.Logger.WriteFailed(_access.Name, group.Count, exception);
            group.Fail(PostgresErrors.ToUnavailable(exception, _access.Name));
        }

        return false;
    }

    private static bool CanBeOfOneRow(Exception exception) => PostgresErrors.IsOfRow(exception) || PostgresErrors.IsLockTimeout(exception);

    private async Task<bool> CommitHalvesAsync(WriteGroup group, bool isLocked, TimeSpan lockTimeout)
    {
        // A lock that has been waited for once is not waited for so long again.
        var patience = isLocked ? TimeSpan.FromTicks(Math.Max(lockTimeout.Ticks / 10, TimeSpan.TicksPerMillisecond * 50)) : lockTimeout;
        var (first, second) = group.Halve();
        var firstDone = await CommitAsync(first, patience);
        var secondDone = await CommitAsync(second, patience);
        return firstDone && secondDone;
    }

    private async Task WriteWithRetriesAsync(WriteGroup group, TimeSpan lockTimeout)
    {
        var isUnclear = false;
        await _retry.ExecuteAsync(async _ =>
        {
            var connection = await _session.OpenAsync();
            try
            {
                await WriteOnceAsync(connection, group, isUnclear, lockTimeout);
            }
            catch (Exception exception) when (!PostgresErrors.IsRolledBack(exception))
            {
                // Nobody knows whether the commit happened; from now on a row that is there may be this group's own.
                isUnclear = true;
                await _session.DropAsync();
                throw;
            }
        });
    }

    private async Task WriteOnceAsync(NpgsqlConnection connection, WriteGroup group, bool isUnclear, TimeSpan lockTimeout)
    {
        switch (group.Other)
        {
            case StoreWrite.Prune prune:
                prune.Stage(await PostgresUpkeep.PruneAsync(connection, prune));
                break;
            case StoreWrite.Settings settings:
                settings.Stage(await PostgresClassSettings.WriteAsync(connection, settings, isUnclear));
                break;
            case StoreWrite.Upkeep upkeep:
                upkeep.Stage(await PostgresUpkeep.AddForeignCountsAsync(connection));
                break;
            default:
                await _session.EnsureCountsAsync(group.Classes);
                await PostgresGroupWrite.RunAsync(
                    connection, group, isUnclear, lockTimeout == _access.Options.LockTimeout ? null : lockTimeout);
                break;
        }
    }
}
