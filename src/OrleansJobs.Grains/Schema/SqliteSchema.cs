using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace OrleansJobs.Grains.Schema;

/// <summary>Applies the Orleans tables to an SQLite file.</summary>
internal static class SqliteSchema
{
    private const string TableExists =
        "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'OrleansQuery' COLLATE NOCASE)";

    // Primary result codes of SQLite, https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private static readonly SchemaScript Script = SchemaScript.Load("Sqlite.persistence");

    /// <summary>Applies the schema; answers whether there was something to write.</summary>
    internal static async Task<bool> ApplyAsync(string connectionString, CancellationToken cancellationToken)
    {
        var where = "The SQLite database";
        try
        {
            var target = new SqliteConnectionStringBuilder(connectionString);
            where = $"The SQLite database '{target.DataSource}'";
            RefuseMemory(target);
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await UseWriteAheadLogAsync(connection, cancellationToken);
            return await ApplyAsync(connection, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or ArgumentException)
        {
            throw new StoreSetupException(Explain(exception, where), exception);
        }
    }

    private static async Task<bool> ApplyAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        // Not deferred: it takes the write lock at once, so nobody else writes between the look and the change.
        await using var transaction = connection.BeginTransaction(deferred: false);
        if (Script.IsHeldBy(await SchemaTransaction.ReadAsync(transaction, TableExists, cancellationToken)))
        {
            // On a read-only file the transaction has begun as a reader's; only a write brings that to light.
            await SchemaTransaction.ExecuteAsync(transaction, "DELETE FROM OrleansQuery WHERE false", cancellationToken);
            return false;
        }

        await SchemaTransaction.WriteAsync(transaction, Script, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    // Orleans opens a connection for each statement; in memory each would find an empty database of its own.
    private static void RefuseMemory(SqliteConnectionStringBuilder target)
    {
        if (target.DataSource is "" or ":memory:" || target.Mode == SqliteOpenMode.Memory)
        {
            throw new StoreSetupException("Grain state needs an SQLite file: set Data Source in the connection string to its path.");
        }
    }

    // Without it readers and the writer of the same file exclude each other. The file remembers the mode.
    private static async Task UseWriteAheadLogAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Explain(Exception exception, string where) => exception switch
    {
        ArgumentException => "The SQLite connection string is not valid: a key is unknown or a value out of range.",
        SqliteException { SqliteErrorCode: CannotOpen } => $"{where} cannot be opened. Check that its folder exists and may be written.",
        SqliteException { SqliteErrorCode: ReadOnly } => $"{where} is read-only. Silos have to write it.",
        SqliteException { SqliteErrorCode: Busy } => $"{where} stayed locked by another process for longer than the Default Timeout.",
        SqliteException { SqliteErrorCode: NotADatabase } => $"{where} is a file of another kind, or encrypted.",
        _ => $"{where} refused the Orleans tables: {exception.Message}",
    };
}
