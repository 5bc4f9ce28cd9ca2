using Npgsql;
using Polly;

namespace OrleansJobs.Postgres;

/// <summary>Runs queries on connections of the pool, and again after a lost connection.</summary>
internal sealed class PostgresReader(PostgresAccess access)
{
    // For the transaction alone, which is this batch.
    private const string ByOrderedIndexSql = "SELECT set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)";

    private readonly ResiliencePipeline _retry = access.CreateRetry(() => true);

    /// <summary>All rows of a query; its parameters are the values, in order.</summary>
    /// <exception cref="GridUnavailableException">The database does not answer.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] values)
    {
        return await ReadAsync(() => ReadOnceAsync(null, sql, read, values));
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(Func<Task<IReadOnlyList<T>>> read)
    {
        try
        {
            return await _retry.ExecuteAsync(async _ => await read());
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            throw PostgresErrors.ToUnavailable(exception, access.Name);
        }
    }

    /// <summary>
    /// All rows of a query by an index that has them in order. Where the planner knows too little of the rows it may rather read and sort
    /// all that fit, however many they are, so that is forbidden here.
    /// </summary>
    /// <exception cref="GridUnavailableException">The database does not answer.</exception>
    public Task<IReadOnlyList<T>> ReadInOrderAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] values) =>
        ReadAsync(() => ReadOnceAsync(ByOrderedIndexSql, sql, read, values));

    /// <summary>A parameter.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private async Task<IReadOnlyList<T>> ReadOnceAsync<T>(string? settings, string sql, Func<NpgsqlDataReader, T> read, NpgsqlParameter[] values)
    {
        await using var batch = access.Reads.CreateBatch();
        AddSettings(batch, access.ReadSettings);
        AddSettings(batch, settings);
        var before = batch.BatchCommands.Count;
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value.Clone());
        }

        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync();
        for (var skipped = 0; skipped < before; skipped++)
        {
            await reader.NextResultAsync();
        }

        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static void AddSettings(NpgsqlBatch batch, string? settings)
    {
        if (settings is not null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(settings));
        }
    }
}
