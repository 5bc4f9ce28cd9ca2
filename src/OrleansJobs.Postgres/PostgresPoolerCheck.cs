using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>
/// Finds out whether a connection is a session. One that is a pooler's may get another server process for each transaction: then locks,
/// settings and notifications are lost without an error, and those of other programs are met.
/// </summary>
internal static class PostgresPoolerCheck
{
    private const string Setting = "orleansjobs.check";
    private const int Timeout = 5;
    private const int Rounds = 3;

    // Two writers, the claim, the listener, one that reads, and one of Orleans'.
    private const int MinSessions = 6;

    /// <exception cref="StoreSetupException">The connection string does not give sessions.</exception>
    public static async Task RequireSessionsAsync(PostgresStoreOptions options, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.SessionConnectionString) { Pooling = false, CommandTimeout = Timeout };
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            if (await ServerProcessAsync(connection, cancellationToken) == connection.ProcessID)
            {
                // Nothing is between; a pooler tells its clients a number of its own.
                return;
            }

            if (await AreSharedAsync(connection, settings, cancellationToken))
            {
                throw new StoreSetupException(Explain(options, "it gives each transaction another session of the server (its pool_mode is not 'session')"));
            }

            await RequireEnoughAsync(settings, cancellationToken);
        }
        catch (PostgresException exception) when (IsRefusedSetting(exception))
        {
            throw new StoreSetupException(
                Explain(options, $"it refuses what the connection string sets ({exception.MessageText}); take Options and Search Path out of it and set Schema"),
                exception);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            throw new StoreSetupException(Explain(options, $"it answered: {exception.MessageText}"), exception);
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            throw new StoreSetupException(Explain(options, $"fewer than {MinSessions} sessions were had within {Timeout} s; its pool is too small"), exception);
        }
    }

    /// <summary>
    /// Whether two connections share server processes. While another one is in a transaction, the first cannot have the same process; so
    /// it shows whether it keeps its own.
    /// </summary>
    private static async Task<bool> AreSharedAsync(
        NpgsqlConnection connection, NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        await using var other = new NpgsqlConnection(settings.ConnectionString);
        await other.OpenAsync(cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            var token = Guid.NewGuid().ToString("N");
            await PostgresSettings.ApplyAsync(connection, $"SELECT set_config('{Setting}', '{token}', false)", cancellationToken);
            await using var transaction = await other.BeginTransactionAsync(cancellationToken);
            await ServerProcessAsync(other, cancellationToken);
            if (await ReadAsync<string>(connection, $"SELECT current_setting('{Setting}', true)", cancellationToken) != token)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks whether there are as many sessions as a silo has at the same time; a pooler has those wait for which there is none.</summary>
    private static async Task RequireEnoughAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var held = new List<NpgsqlConnection>();
        try
        {
            for (var count = 1; count < MinSessions; count++)
            {
                var session = new NpgsqlConnection(settings.ConnectionString);
                held.Add(session);
                await session.OpenAsync(cancellationToken);
                await ServerProcessAsync(session, cancellationToken);
            }
        }
        finally
        {
            foreach (var session in held)
            {
                await session.DisposeAsync();
            }
        }
    }

    private static Task<int> ServerProcessAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        ReadAsync<int>(connection, "SELECT pg_backend_pid()", cancellationToken)!;

    private static async Task<T?> ReadAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is this class's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    private static bool IsRefusedSetting(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.ProtocolViolation && exception.MessageText.Contains("startup parameter", StringComparison.Ordinal);

    private static string Explain(PostgresStoreOptions options, string why)
    {
        var name = PostgresSource.NameOf(options.SessionConnectionString);
        return options.DirectConnectionString is null
            ? $"The job store in PostgreSQL at {name} is behind a connection pooler, and {why}. Locks, settings and notifications of the store need "
                + "sessions: name the server itself, or a pool that gives sessions, in DirectConnectionString (JobGrid:Postgres:DirectConnectionString). "
                + "What can do without goes on through the pooler."
            : $"DirectConnectionString (JobGrid:Postgres:DirectConnectionString) leads to a connection pooler at {name}, and {why}. It has to name the "
                + "server itself, or a pool that gives sessions.";
    }
}
