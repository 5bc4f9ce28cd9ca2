using Npgsql;
using OrleansJobs.Storage.GroupCommit;
using Polly;

namespace OrleansJobs.Postgres;

/// <summary>Commits groups on a session of its own, one after the other, and again after a lost connection.</summary>
internal sealed class PostgresCommit : IAsyncDisposable
{
    private readonly PostgresAccess _access;
    private readonly PostgresSession _session;
    private readonly ResiliencePipeline _retry;
    private bool _isDown;

    public PostgresCommit(PostgresAccess access)
    {
        _access = access;
        _session = new PostgresSession(access);

        // While the database is known to be down each group gets one try, so that the queue does not wait out the retries of them all.
        _retry = access.CreateRetry(() => !_isDown);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>Commits a group and answers its callers, also where it fails for a reason that trying its rows apart does not help.</summary>
    /// <param name="group">What to write.</param>
    /// <param name="lockWait">How long to wait for each lock of another session.</param>
    /// <returns>Null, or why it may go better with other groups of its rows; none is written then.</returns>
    public async Task<PostgresException?> TryAsync(WriteGroup group, TimeSpan lockWait)
    {
        try
        {
            await WriteWithRetriesAsync(group, lockWait);
            _isDown = false;
            foreach (var write in group.Writes)
            {
                write.Answer();
            }
        }
        catch (PostgresException exception) when (PostgresErrors.IsLockTimeout(exception) || (PostgresErrors.IsOfRow(exception) && group.Count > 1))
        {
            return exception;
        }
        catch (PostgresException exception) when (PostgresErrors.IsOfRow(exception))
        {
            group.Fail(new InvalidRequestException($"The job store refused the row: {exception.MessageText}."));
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            _isDown = PostgresErrors.IsTransient(exception);
            _access.Logger.WriteFailed(_access.Name, group.Count, exception);
            group.Fail(PostgresErrors.ToUnavailable(exception, _access.Name));
        }
#pragma warning disable CA1031 // Whatever goes wrong belongs to the callers of this group; the next ones have to go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            group.Fail(exception);
        }

        return null;
    }

    private async Task WriteWithRetriesAsync(WriteGroup group, TimeSpan lockWait)
    {
        var isUnclear = false;
        await _retry.ExecuteAsync(async _ =>
        {
            var connection = await _session.OpenAsync();
            try
            {
                await WriteOnceAsync(connection, group, isUnclear, lockWait);
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

    private static async Task WriteOnceAsync(NpgsqlConnection connection, WriteGroup group, bool isUnclear, TimeSpan lockWait)
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
                upkeep.Stage(await PostgresUpkeep.FoldAsync(connection));
                break;
            case null when group.Deletes.Count > 0:
                await PostgresDeletes.RunAsync(connection, group.Deletes, isUnclear, lockWait);
                break;
            default:
                await PostgresGroupWrite.RunAsync(connection, group, isUnclear, lockWait);
                break;
        }
    }
}
