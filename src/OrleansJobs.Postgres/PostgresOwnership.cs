using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>
/// A claim on a database. When its session breaks, it is taken again as soon as the server can be reached; it is lost if somebody else was
/// faster.
/// </summary>
internal sealed class PostgresOwnership : IStoreOwnership
{
    private static readonly TimeSpan MaxReconnectDelay = TimeSpan.FromSeconds(2);

    private readonly PostgresAccess _access;
    private readonly PostgresClaim _claim;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private PostgresOwnership(PostgresAccess access, PostgresClaim claim, NpgsqlConnection session)
    {
        (_access, _claim) = (access, claim);
        Lost = _lost.Token;
        _watching = Task.Run(() => WatchAsync(session));
    }

    public CancellationToken Lost { get; }

    /// <exception cref="StoreInUseException">Somebody else has the store.</exception>
    /// <exception cref="GridUnavailableException">The database does not answer.</exception>
    public static async Task<PostgresOwnership> ClaimAsync(
        PostgresAccess access, StoreClaim claim, string cluster, CancellationToken cancellationToken)
    {
        var session = new PostgresClaim(access, claim, cluster);
        try
        {
            return new PostgresOwnership(access, session, await session.TakeAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            throw PostgresErrors.ToSetup(exception, access.Name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task WatchAsync(NpgsqlConnection first)
    {
        NpgsqlConnection? session = first;
        while (session is not null)
        {
            await using (session)
            {
                await UntilBrokenAsync(session);
            }

            session = await TakeAgainAsync();
        }
    }

    private async Task UntilBrokenAsync(NpgsqlConnection session)
    {
        try
        {
            while (true)
            {
                await session.WaitAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The claim is given up.
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            _access.Logger.OwnershipBroken(_access.Name, exception);
        }
    }

    /// <summary>A new session with the claim; null if it is not wanted any more, or lost.</summary>
    private async Task<NpgsqlConnection?> TakeAgainAsync()
    {
        var delay = _access.Options.RetryDelay;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                return await _claim.TakeAsync(_stop.Token);
            }
            catch (StoreInUseException exception)
            {
                _access.Logger.OwnershipLost(_access.Name, exception);
                await _lost.CancelAsync();
                return null;
            }
            catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException || PostgresErrors.IsTransient(exception))
            {
                await Task.Delay(delay, _access.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                delay = delay * 2 < MaxReconnectDelay ? delay * 2 : MaxReconnectDelay;
            }
        }

        return null;
    }
}
