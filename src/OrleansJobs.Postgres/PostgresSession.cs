using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>
/// A writer's connection, opened when it is needed and given up when it fails. It is none of the pool, which readers share, however small that is.
/// </summary>
internal sealed class PostgresSession(PostgresAccess access) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    public async Task<NpgsqlConnection> OpenAsync()
    {
        _connection ??= await access.LoneSessions.OpenConnectionAsync();
        return _connection;
    }

    public async Task DropAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();
}
