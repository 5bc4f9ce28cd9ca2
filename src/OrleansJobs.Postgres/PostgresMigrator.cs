using Npgsql;
using OrleansJobs.Storage.Migrations;

namespace OrleansJobs.Postgres;

/// <summary>Brings a database to the newest schema and makes sure that it can be used.</summary>
internal static class PostgresMigrator
{
    /// <summary>The oldest PostgreSQL that has what the schema needs.</summary>
    public const int MinServerVersion = 13;

    /// <summary>
    /// How long a migration waits for a lock in one go. Behind it all others who want the table wait too, so it gives them room in between.
    /// </summary>
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(1);

    /// <summary>How long it tries: longer than a dump of a large database takes as a rule.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    // Any number will do, as long as it stays the same. Grids in other schemas have locks of their own.
    private const int LockSpace = 0x4F_4A_6F_62;

    private const string HolderSql =
        """
        SELECT format('the session %s (''%s'') that began its transaction at %s', a.pid, a.application_name, a.xact_start)
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.relation = to_regclass('jobs') AND l.granted AND a.pid <> pg_backend_pid() ORDER BY a.xact_start LIMIT 1
        """;

    /// <summary>Makes what is missing; answers the schema that has the grid's tables.</summary>
    /// <exception cref="StoreSetupException">The database cannot be used, or has a newer schema than this program.</exception>
    public static async Task<string> MigrateAsync(PostgresAccess access, CancellationToken cancellationToken)
    {
        await using var connection = await access.Sessions.OpenConnectionAsync(cancellationToken);
        await CheckServerAsync(connection, access.Name, cancellationToken);
        while (await MakeNextWhenFreeAsync(connection, access, cancellationToken))
        {
        }

        return (await ReadTextAsync(connection, "SELECT current_schema()::text", cancellationToken))!;
    }

    private static async Task CheckServerAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < MinServerVersion)
        {
            throw new StoreSetupException(
                $"PostgreSQL at {name} is version {connection.PostgreSqlVersion}; the job store needs {MinServerVersion} or newer.");
        }

        if (await ReadTextAsync(connection, "SHOW transaction_read_only", cancellationToken) == "on")
        {
            throw new StoreSetupException($"The job store in PostgreSQL at {name} is read-only.");
        }

        var encoding = await ReadTextAsync(connection, "SHOW server_encoding", cancellationToken);
        if (encoding != "UTF8")
        {
            throw new StoreSetupException($"The database at {name} has the encoding {encoding}; the job store needs UTF8.");
        }
    }

    private static async Task<bool> MakeNextWhenFreeAsync(NpgsqlConnection connection, PostgresAccess access, CancellationToken cancellationToken)
    {
        var since = access.TimeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return await MakeNextAsync(connection, access, cancellationToken);
            }
            catch (PostgresException exception) when (PostgresErrors.IsLockTimeout(exception) && access.TimeProvider.GetElapsedTime(since) < Patience)
            {
                access.Logger.MigrationWaits(access.Name, await ReadTextAsync(connection, HolderSql, cancellationToken) ?? "a session that has gone since");
                await Task.Delay(LockWait, access.TimeProvider, cancellationToken);
            }
        }
    }

    /// <summary>Makes one migration, in a transaction that keeps other processes from making the same; false if there is none left.</summary>
    private static async Task<bool> MakeNextAsync(NpgsqlConnection connection, PostgresAccess access, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            $"""
            SET LOCAL lock_timeout = 0;
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = '1min';
            SELECT pg_advisory_xact_lock({LockSpace}, hashtext(current_setting('search_path')));
            SET LOCAL lock_timeout = {PostgresSettings.Milliseconds(LockWait)};
            """,
            cancellationToken);
        await EnsureSchemaAsync(connection, access, cancellationToken);
        if (await ReadTextAsync(connection, "SELECT to_regclass('orleansjobs_schema')::text", cancellationToken) is null)
        {
            await RefuseForeignTablesAsync(connection, access.Name, cancellationToken);
            await ExecuteAsync(connection, PostgresSchema.VersionTable, cancellationToken);
        }

        var text = await ReadTextAsync(connection, "SELECT coalesce(max(version), 0)::text FROM orleansjobs_schema", cancellationToken);
        var next = SchemaVersion
            .Missing($"The job store in PostgreSQL at {access.Name}", int.Parse(text!), PostgresSchema.Migrations)
            .FirstOrDefault();
        if (next is null)
        {
            return false;
        }

        await ExecuteAsync(connection, next.Sql, cancellationToken);
        await ExecuteAsync(connection, $"INSERT INTO orleansjobs_schema (version) VALUES ({next.Version})", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task EnsureSchemaAsync(NpgsqlConnection connection, PostgresAccess access, CancellationToken cancellationToken)
    {
        if (await ReadTextAsync(connection, "SELECT current_schema()::text", cancellationToken) is not null)
        {
            return;
        }

        if (access.Options.Schema is not { } schema)
        {
            throw new StoreSetupException(
                $"No schema in the search path of the job store in PostgreSQL at {access.Name} exists. Create it, or set Schema "
                + "(JobGrid:Postgres:Schema), which is then made.");
        }

        await ExecuteAsync(connection, $"CREATE SCHEMA \"{schema}\"", cancellationToken);
    }

    /// <summary>Tables of the same names that are none of the grid's stay untouched.</summary>
    private static async Task RefuseForeignTablesAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        var found = await ReadTextAsync(
            connection,
            """
            SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relname IN ('jobs', 'job_counts', 'job_counts_foreign', 'jobs_readable', 'job_class_settings',
                'job_log', 'job_audit', 'job_tags', 'job_commits', 'job_count_changes', 'job_count_sums', 'job_counts_now')
            ORDER BY c.relname <> 'jobs', c.relname LIMIT 1
            """,
            cancellationToken);
        if (found is not null)
        {
            throw new StoreSetupException(
                $"The database of the job store in PostgreSQL at {name} has a table '{found}' of another program. Give the grid a schema of its own: "
                + "set Schema (JobGrid:Postgres:Schema) to a name such as 'grid'. It is made if it is missing.");
        }
    }

    // Migrations take as long as they take; the locks that they wait for have their own limit.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is this class's own.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string?> ReadTextAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is this class's own.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }
}
