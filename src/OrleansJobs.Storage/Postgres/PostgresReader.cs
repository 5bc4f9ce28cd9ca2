using Npgsql;
using Polly;

namespace OrleansJobs.Storage.Postgres;

/// <summary>Runs queries on connections of the pool, and again after a lost connection.</summary>
internal sealed class PostgresReader(PostgresAccess access)
{
    private readonly ResiliencePipeline _retry = access.CreateRetry(() => true);

    /// <summary>All rows of a query; its parameters are the values, in order.</summary>
    /// <exception cref="GridUnavailableException">The database does not answer.</exception>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] values)
    {
        try
        {
            return await _retry.ExecuteAsync(async _ => await ReadOnceAsync(sql, read, values));
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            throw PostgresErrors.ToUnavailable(exception, access.Name);
        }
    }

    /// <summary>A parameter.</summary>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private async Task<IReadOnlyList<T>> ReadOnceAsync<T>(string sql, Func<NpgsqlDataReader, T> read, NpgsqlParameter[] values)
    {
        await using var command = access.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value.Clone());
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
