using Npgsql;
using OrleansJobs.Storage.Migrations;

namespace OrleansJobs.Postgres;

/// <summary>Brings a database to the newest schema and makes sure that it can be used.</summary>
internal static class PostgresMigrator
{
    /// <summary>The oldest PostgreSQL that has what the schema needs.</summary>
    public const int MinServerVersion = 13;

    // Any number will do, as long as it stays the same.
    private const long LockKey = 0x4F_4A_6F_62_73;

    /// <exception cref="StoreSetupException">The database cannot be used, or has a newer schema than this program.</exception>
    public static async Task MigrateAsync(NpgsqlDataSource source, string name, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await CheckServerAsync(connection, name, cancellationToken);
        while (await MakeNextAsync(connection, name, cancellationToken))
        {
        }
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

    /// <summary>Makes one migration, in a transaction that keeps other processes from making the same; false if there is none left.</summary>
    private static async Task<bool> MakeNextAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        if (await ReadTextAsync(connection, "SELECT to_regclass('orleansjobs_schema')::text", cancellationToken) is null)
        {
            await ExecuteAsync(connection, PostgresSchema.VersionTable, cancellationToken);
        }

        var text = await ReadTextAsync(connection, "SELECT coalesce(max(version), 0)::text FROM orleansjobs_schema", cancellationToken);
        var next = SchemaVersion
            .Missing($"The job store in PostgreSQL at {name}", int.Parse(text!), PostgresSchema.Migrations)
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

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // The text is the schema's own.
        await using var command = new NpgsqlCommand(sql, connection);
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
