using System.Runtime.CompilerServices;
using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>Hears of rows that other programs insert, on a connection of its own that it opens again when it is lost.</summary>
internal sealed class PostgresForeignInserts(PostgresAccess access)
{
    private static readonly TimeSpan MaxReconnectDelay = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The class of each insert. An empty string each time that listening begins: rows of any class may have come before.
    /// </summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var delay = access.Options.RetryDelay;
        while (!cancellationToken.IsCancellationRequested)
        {
            var heard = new HashSet<string>(StringComparer.Ordinal) { "" };
            await using var connection = await TryListenAsync(heard, delay, cancellationToken);
            delay = connection is null ? Longer(delay) : access.Options.RetryDelay;
            while (connection is not null && (heard.Count > 0 || await TryWaitAsync(connection, delay, cancellationToken)))
            {
                string[] classes = [.. heard];
                heard.Clear();
                foreach (var jobClass in classes)
                {
                    yield return jobClass;
                }
            }
        }
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < MaxReconnectDelay ? delay * 2 : MaxReconnectDelay;

    private async Task<NpgsqlConnection?> TryListenAsync(HashSet<string> heard, TimeSpan delay, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await access.LoneSessions.OpenConnectionAsync(cancellationToken);
            connection.Notification += (_, notification) => heard.Add(notification.Payload);
            await PostgresSettings.ApplyAsync(connection, PostgresSchema.Listen, cancellationToken);
            return connection;
        }
        catch (Exception exception) when (IsLost(exception))
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            await PauseAsync(exception, delay, cancellationToken);
            return null;
        }
    }

    private async Task<bool> TryWaitAsync(NpgsqlConnection connection, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WaitAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (IsLost(exception))
        {
            await PauseAsync(exception, delay, cancellationToken);
            return false;
        }
    }

    private static bool IsLost(Exception exception) =>
        exception is NpgsqlException or OperationCanceledException || PostgresErrors.IsTransient(exception);

    private async Task PauseAsync(Exception exception, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        access.Logger.ListenerLost(access.Name, delay, exception);
        await Task.Delay(delay, access.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
