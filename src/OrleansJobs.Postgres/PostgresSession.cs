using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>The writer's connection, opened when it is needed and given up when it fails.</summary>
internal sealed class PostgresSession(PostgresAccess access) : IAsyncDisposable
{
    private readonly HashSet<string> _countedClasses = new(StringComparer.Ordinal);
    private NpgsqlConnection? _connection;

    public async Task<NpgsqlConnection> OpenAsync()
    {
        _connection ??= await access.Sessions.OpenConnectionAsync();
        return _connection;
    }

    public async Task DropAsync()
    {
        // The classes are looked at again as well: the database may have been restored to an earlier state.
        _countedClasses.Clear();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    /// <summary>Makes sure that each class has its row of counts.</summary>
    public async Task EnsureCountsAsync(string[] classes)
    {
        var missing = classes.Where(name => !_countedClasses.Contains(name)).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(
            "INSERT INTO job_counts (class) SELECT name FROM unnest($1) AS name ORDER BY name COLLATE \"C\" ON CONFLICT DO NOTHING",
            await OpenAsync());
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = missing });
        await command.ExecuteNonQueryAsync();
        _countedClasses.UnionWith(missing);
    }

    public async ValueTask DisposeAsync() => await DropAsync();
}
