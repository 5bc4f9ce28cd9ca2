using Microsoft.Extensions.Logging;

namespace OrleansJobs.Grains.Schema;

/// <summary>
/// Brings the tables that Orleans' ADO.NET grain storage (both databases) and cluster membership (PostgreSQL) need into a database.
/// Call it before the silo starts. Repeating it changes nothing; any number of silos may call it at once.
/// </summary>
public static partial class OrleansSchema
{
    /// <summary>Applies the tables and queries of grain storage and membership to a PostgreSQL database.</summary>
    /// <param name="connectionString">As given to Orleans with the invariant <c>Npgsql</c>. Tables go into the first schema of its Search Path.</param>
    /// <param name="logger">Told what was written.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left half done.</param>
    /// <exception cref="StoreSetupException">
    /// The database is missing, unreachable, read-only, of a newer schema, or holds the Orleans tables of another application.
    /// </exception>
    public static async Task ApplyPostgresAsync(
        string connectionString, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentNullException.ThrowIfNull(logger);
        LogOutcome(logger, await PostgresSchema.ApplyAsync(connectionString, cancellationToken), "PostgreSQL");
    }

    /// <summary>Applies the tables and queries of grain storage to an SQLite file, which is made if its folder exists.</summary>
    /// <param name="connectionString">As given to Orleans with the invariant <c>System.Data.SQLite</c>.</param>
    /// <param name="logger">Told what was written.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left half done.</param>
    /// <exception cref="StoreSetupException">
    /// The file cannot be opened or written, is no database, stays locked, is of a newer schema, or holds the Orleans tables of another
    /// application; or the connection string names a database in memory.
    /// </exception>
    public static async Task ApplySqliteAsync(
        string connectionString, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ArgumentNullException.ThrowIfNull(logger);
        LogOutcome(logger, await SqliteSchema.ApplyAsync(connectionString, cancellationToken), "SQLite");
    }

    private static void LogOutcome(ILogger logger, bool written, string database)
    {
        if (written)
        {
            LogWritten(logger, database, SchemaScript.Version);
        }
        else
        {
            LogCurrent(logger, database, SchemaScript.Version);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote the Orleans tables and queries to {Database}, schema version {Version}.")]
    private static partial void LogWritten(ILogger logger, string database, int version);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The Orleans tables in {Database} are current, schema version {Version}.")]
    private static partial void LogCurrent(ILogger logger, string database, int version);
}
