using Npgsql;
using OrleansJobs.Storage.Ownership;

namespace OrleansJobs.Postgres;

/// <summary>
/// The lock of a claim, taken on a session of its own: an advisory lock on the table of jobs, which the server gives up with the session. Silos
/// share it; the session's name tells of which cluster they are.
/// </summary>
internal sealed class PostgresClaim
{
    /// <summary>
    /// How long a claim waits for the server to notice that the session of a dead process has ended. A lock is never taken away by it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Any number will do, as long as it stays the same and is not that of the migrations.
    private const int LockSpace = 0x6F_4A_6F_62;
    private const int GateSpace = 0x6F_4A_6F_67;
    private const string Key = "'jobs'::regclass::oid";

    private readonly PostgresAccess _access;
    private readonly StoreClaim _claim;
    private readonly string _cluster;
    private readonly ClaimSession _name;
    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _session;

    public PostgresClaim(PostgresAccess access, StoreClaim claim, string cluster)
    {
        (_access, _claim, _cluster) = (access, claim, cluster);
        _name = ClaimSession.Of(cluster);
        _settings = new NpgsqlConnectionStringBuilder(access.Options.SessionConnectionString)
        {
            Pooling = false,
            ApplicationName = _name.Text,

            // Both sides look after a line that has gone silent; a paused process still answers for its system.
            KeepAlive = 10,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 10,
            TcpKeepAliveInterval = 5,
        };
        _session = $"SELECT {PostgresSettings.SearchPath(access.Options)}, set_config('application_name', '{_name.Text}', false), "
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
        try
        {
            return await ReadAsync(connection, _claim == StoreClaim.Exclusive ? TakeAlone : TakeShared(), row => row.GetBoolean(0), cancellationToken);
        }
        catch (PostgresException exception) when (PostgresErrors.IsLockTimeout(exception))
        {
            return false;
        }
    }

    private static string TakeAlone => $"SELECT true FROM pg_advisory_lock({LockSpace}, {Key}::int)";

    // One statement, so that a process that freezes in the midst keeps nobody from the gate. Behind it nobody else's claim comes between the look
    // at the others and the lock.
    private string TakeShared() =>
        $"""
        SELECT CASE
            WHEN pg_advisory_xact_lock({GateSpace}, {Key}::int) IS NULL THEN false
            WHEN EXISTS (SELECT {Holders} AND {_name.IsOfAnotherCluster}) THEN false
            ELSE pg_advisory_lock_shared({LockSpace}, {Key}::int) IS NOT NULL
        END
        """;

    private static string Holders =>
        $"""
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.classid = {LockSpace} AND l.objid = {Key} AND l.objsubid = 2 AND l.granted
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    /// <summary>Those with whom the lock cannot be shared, and own sessions.</summary>
    private string Excluding() => _claim == StoreClaim.Exclusive
        ? Holders
        : $"{Holders} AND (l.mode = 'ExclusiveLock' OR {_name.IsOfAnotherCluster} OR a.application_name = '{_name.Text}')";

    /// <summary>Refuses the claim if somebody else has the lock; ends an own session that was lost and still has it.</summary>
    private async Task RefuseIfHeldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var holder = await ReadAsync(
            connection,
            $"SELECT a.pid, a.application_name, a.backend_start {Excluding()} ORDER BY a.application_name <> '{_name.Text}', NOT {_name.IsOfAnotherCluster} LIMIT 1",
            row => new ClaimHolder(row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2)),
            cancellationToken);
        if (holder is null)
        {
            return;
        }

        if (holder.Name != _name.Text)
        {
            throw Refusal(holder);
        }

        await ReadAsync(connection, $"SELECT pg_terminate_backend({holder.Backend})", row => row.GetBoolean(0), cancellationToken);
    }

    private StoreInUseException Refusal(ClaimHolder holder)
    {
        var store = $"The job store in PostgreSQL at {_access.Name}";
        return _claim == StoreClaim.Shared && holder.Cluster is { } other
            ? StoreInUse.OfAnotherCluster(store, _cluster, holder.Describe(), other)
            : StoreInUse.Error(store, _claim, holder.Describe());
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
}
