using Microsoft.Data.Sqlite;

namespace OrleansJobs.Benchmarks.Scenarios.Storage;

/// <summary>
/// Makes an index of a SQLite file after its rows instead of with them: millions of rows whose keys lie far apart are sorted in seconds and
/// inserted in minutes.
/// </summary>
internal sealed class LaterIndex : IAsyncDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _sql;

    private LaterIndex(SqliteConnection connection, string sql) => (_connection, _sql) = (connection, sql);

    public static async Task<LaterIndex> TakeAsync(string path, string name)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        var sql = (string)(await RunAsync(connection, $"SELECT sql FROM sqlite_schema WHERE name = '{name}'"))!;
        await RunAsync(connection, $"DROP INDEX {name}");
        return new LaterIndex(connection, sql);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(_connection, _sql);
        await _connection.DisposeAsync();
    }

    private static async Task<object?> RunAsync(SqliteConnection connection, string sql)
    {
#pragma warning disable CA2100 // The text is this class's own, or the schema's.
        await using var command = new SqliteCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
