using Npgsql;
using OrleansJobs.Storage.Ownership;

namespace OrleansJobs.Postgres;

/// <summary>
/// The lock of a claim, taken on a session of its own: an advisory lock on the table of jobs, which the server gives up with the session.
/// </summary>
internal sealed class PostgresClaim
{
    /// <summary>
    /// How long a claim waits for the server to notice that the session of a dead process has ended. A lock is never taken away by it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Any number will do, as long as it stays the same and is not that of the migrations.
    private const int LockSpace = 0x6F_4A_6F_62;
    private const int MaxApplicationName = 63;
    private const string Key = "'jobs'::regclass::oid";

    private readonly PostgresAccess _access;
    private readonly StoreClaim _claim;
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _session;

    public PostgresClaim(PostgresAccess access, StoreClaim claim)
    {
        (_access, _claim) = (access, claim);
        _settings = new NpgsqlConnectionStringBuilder(access.Options.SessionConnectionString)
        {
            Pooling = false,
            ApplicationName = UniqueName(),

            // Both sides look after a line that has gone silent; a paused process still answers for its system.
            KeepAlive = 10,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 10,
            TcpKeepAliveInterval = 5,
        };
        _session = $"SELECT {PostgresSettings.SearchPath(access.Options)}, set_config('application_name', '{_settings.ApplicationName}', false), "
            + $"set_config('lock_timeout', '{(int)Patience.TotalMilliseconds}', false), set_config('statement_timeout', '0', false), "
            + "set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false), "
            + "set_config('tcp_keepalives_count', '3', false)";
    }

    /// <summary>A new session that has the lock.</summary>
    /// <exception cref="StoreInUseException">Somebody else has it.</exception>
    public async Task<NpgsqlConnection> TakeAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(_settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await PostgresSettings.ApplyAsync(connection, _session, cancellationToken);
            while (!await TryLockAsync(connection, cancellationToken))
            {
                await RefuseIfHeldAsync(connection, cancellationToken);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var function = _claim == StoreClaim.Exclusive ? "pg_advisory_lock" : "pg_advisory_lock_shared";
        try
        {
            await ReadAsync(connection, $"SELECT 1 FROM {function}({LockSpace}, {Key}::int)", row => row.GetInt32(0), cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (PostgresErrors.IsLockTimeout(exception))
        {
            return false;
        }
    }

    /// <summary>Refuses the claim if somebody else has the lock; ends an own session that was lost and still has it.</summary>
    private async Task RefuseIfHeldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var holder = await ReadAsync(
            connection,
            $"""
            SELECT a.pid, a.application_name, a.backend_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.classid = {LockSpace} AND l.objid = {Key} AND l.objsubid = 2 AND l.granted
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            ORDER BY a.application_name <> '{_settings.ApplicationName}' LIMIT 1
            """,
            row => new Holder(row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);
        if (holder is not null && holder.Name != _settings.ApplicationName)
        {
            throw StoreInUse.Error($"The job store in PostgreSQL at {_access.Name}", _claim, holder.Describe());
        }

        if (holder is not null)
        {
            await ReadAsync(connection, $"SELECT pg_terminate_backend({holder.Backend})", row => row.GetBoolean(0), cancellationToken);
        }
    }

    private static async Task<T?> ReadAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is this class's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : default;
    }

    // Tells others which process it is, and this one which sessions are its own. The server cuts longer names.
    private static string UniqueName()
    {
        var end = $" {Guid.NewGuid().ToString("N")[..8]}";
        var start = $"orleansjobs {Environment.ProcessId} {AsciiOf(Environment.MachineName)}";
        return start[..Math.Min(start.Length, MaxApplicationName - end.Length)] + end;
    }

    private static string AsciiOf(string machine) =>
        string.Concat(machine.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_'));

    private sealed record Holder(int Backend, string Name, DateTimeOffset? Since)
    {
        public string Describe() =>
            Name.Split(' ') is ["orleansjobs", var process, var machine, _] && int.TryParse(process, out var id) && Since is { } since
                ? StoreInUse.Describe(id, machine, since)
                : $"the session {Backend} of the server ('{Name}')";
    }
}
