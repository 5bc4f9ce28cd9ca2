using System.Data.Common;

namespace OrleansJobs.Grains.Schema;

/// <summary>Compares and writes a <see cref="SchemaScript"/> in an open transaction; the SQL here is common to both databases.</summary>
internal static class SchemaTransaction
{
    /// <summary>The rows of OrleansQuery; none if the table is not there.</summary>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="tableExists">A query, in the database's dialect, that tells whether OrleansQuery exists.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        DbTransaction transaction, string tableExists, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var exists = Command(transaction, tableExists);
        if (!Convert.ToBoolean(await exists.ExecuteScalarAsync(cancellationToken)))
        {
            return rows;
        }

        await using var select = Command(transaction, "SELECT QueryKey, QueryText FROM OrleansQuery");
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.GetString(0), reader.GetString(1));
        }

        return rows;
    }

    /// <summary>Makes the tables and puts the query rows in; rows of other keys stay.</summary>
    internal static async Task WriteAsync(DbTransaction transaction, SchemaScript script, CancellationToken cancellationToken)
    {
        await using var tables = Command(transaction, script.Tables);
        await tables.ExecuteNonQueryAsync(cancellationToken);

        foreach (var (key, text) in script.Queries)
        {
            await using var upsert = Command(
                transaction,
                """
                INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text)
                ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText
                """);
            AddParameter(upsert, "key", key);
            AddParameter(upsert, "text", text);
            await upsert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Runs a statement that answers nothing, or whose answer does not matter.</summary>
    internal static async Task ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first column of the first row; null if there is none or it is null.</summary>
    internal static async Task<object?> ScalarAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, sql);
        var value = await command.ExecuteScalarAsync(cancellationToken);
        return value is DBNull ? null : value;
    }

    private static DbCommand Command(DbTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The statements are constants and resources of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static void AddParameter(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
