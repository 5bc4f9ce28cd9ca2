using System.Data.Common;
using Npgsql;

namespace OrleansJobs.Grains.Schema;

/// <summary>Applies the Orleans tables to PostgreSQL.</summary>
internal static class PostgresSchema
{
    // Any constant will do, as long as nothing else in the database takes the same one.
    private const long LockKey = 0x4F6A_5363_6865_6D61;

    // Looks where CREATE TABLE would put it, not along the whole search path: that is the table to be kept apart from. It reads the
    // catalog as a table, because to_regclass may go on answering "none" from its cache after the wait for the lock.
    private const string TableExists =
        """
        SELECT EXISTS (SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                       WHERE c.relname = 'orleansquery' AND n.nspname = current_schema())
        """;

    private static readonly SchemaScript Script = SchemaScript.Load("Postgres.persistence", "Postgres.clustering");

    /// <summary>Applies the schema; answers whether there was something to write.</summary>
    internal static async Task<bool> ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var where = "the database";
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            where = Describe(connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await CheckAsync(transaction, where, cancellationToken);
            return await ApplyAsync(transaction, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or TimeoutException)
        {
            throw new StoreSetupException(Explain(exception, where), exception);
        }
    }

    private static async Task<bool> ApplyAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        // Asked before anything is locked or created, so that a role without the right to create tables can start silos
        // once another role has made them.
        if (Script.IsHeldBy(await SchemaTransaction.ReadAsync(transaction, TableExists, cancellationToken)))
        {
            return false;
        }

        await SchemaTransaction.ExecuteAsync(transaction, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        if (Script.IsHeldBy(await SchemaTransaction.ReadAsync(transaction, TableExists, cancellationToken)))
        {
            return false;
        }

        await SchemaTransaction.WriteAsync(transaction, Script, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task CheckAsync(NpgsqlTransaction transaction, string where, CancellationToken cancellationToken)
    {
        if (await SchemaTransaction.ScalarAsync(transaction, "SELECT current_setting('transaction_read_only')", cancellationToken) is "on")
        {
            throw new StoreSetupException($"{where} is read-only. Silos need a database they can write, the primary of a replicated one.");
        }

        if (await SchemaTransaction.ScalarAsync(transaction, "SELECT current_schema()", cancellationToken) is null)
        {
            throw new StoreSetupException($"No schema in the search path of {where} exists. Create it, or change Search Path in the connection string.");
        }
    }

    private static string Describe(string connectionString)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        return $"The PostgreSQL database '{target.Database ?? target.Username}' at {target.Host}:{target.Port}";
    }

    // The connection string itself may hold a password and is never part of a message.
    private static string Explain(Exception exception, string where) => exception switch
    {
        ArgumentException => "The PostgreSQL connection string is not valid: a key is unknown or a value out of range.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => $"{where} does not exist. Create it before silos start.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            $"{where} refuses the user name or password.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            $"{where} does not let this user make the Orleans tables. Grant CREATE on the schema, or start one silo as the schema's owner.",
        PostgresException error => $"{where} refused the Orleans tables ({error.SqlState}): {error.MessageText}",
        _ => $"{where} cannot be reached: {exception.Message}",
    };
}
