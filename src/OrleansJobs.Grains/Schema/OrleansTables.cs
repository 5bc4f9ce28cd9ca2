using System.Data.Common;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Schema;

/// <summary>
/// The tables and queries that Orleans' ADO.NET grain storage, and where the database is shared its cluster membership, need beside the
/// jobs. Applying them again changes nothing; any number of silos may do so at once.
/// </summary>
internal sealed partial class OrleansTables(StoreDatabase database, ILogger<OrleansTables> logger)
{
    /// <summary>Makes them what this version needs, once the store has made the database ready.</summary>
    /// <exception cref="StoreSetupException">
    /// The database cannot be reached or written, is of a newer schema, or holds the Orleans tables of another application.
    /// </exception>
    public async Task ApplyAsync(CancellationToken cancellationToken = default)
    {
        if (await WriteAsync(cancellationToken))
        {
            LogWritten(logger.Contained(), database.Description, SchemaScript.Version);
        }
        else
        {
            LogCurrent(logger.Contained(), database.Description, SchemaScript.Version);
        }
    }

    /// <summary>Applies the schema; answers whether there was something to write.</summary>
    internal async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        var dialect = SqlDialect.Of(database);
        try
        {
            await using var connection = database.Provider.CreateConnection()!;
            connection.ConnectionString = database.ConnectionString;
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            return await WriteAsync(transaction, dialect, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or ArgumentException or TimeoutException)
        {
            throw new StoreSetupException(Explain(exception, dialect), exception);
        }
    }

    private async Task<bool> WriteAsync(DbTransaction transaction, SqlDialect dialect, CancellationToken cancellationToken)
    {
        await dialect.CheckAsync(transaction, database, cancellationToken);

        // Asked before anything is locked or created, so that a role without the right to create tables can start silos once another
        // role has made them.
        if (await IsCurrentAsync(transaction, dialect, cancellationToken))
        {
            return false;
        }

        await dialect.LockAsync(transaction, cancellationToken);
        if (await IsCurrentAsync(transaction, dialect, cancellationToken))
        {
            return false;
        }

        await SchemaTransaction.WriteAsync(transaction, dialect.Script, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> IsCurrentAsync(DbTransaction transaction, SqlDialect dialect, CancellationToken cancellationToken) =>
        dialect.Script.IsHeldBy(await SchemaTransaction.ReadAsync(transaction, dialect.TableExists, cancellationToken));

    // The connection string itself may hold a password and is never part of a message.
    private string Explain(Exception exception, SqlDialect dialect) => exception is ArgumentException
        ? $"{database.Description} cannot be reached: its connection string is not valid, a key is unknown or a value out of range."
        : $"{database.Description} {dialect.Explain(exception)}";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Database}: wrote the Orleans tables and queries, schema version {Version}.")]
    private static partial void LogWritten(ILogger logger, string database, int version);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Database}: the Orleans tables are current, schema version {Version}.")]
    private static partial void LogCurrent(ILogger logger, string database, int version);
}
