using System.Collections.Concurrent;

namespace OrleansJobs.Sqlite;

/// <summary>A few connections that only read, lent to one reader each.</summary>
internal sealed class SqliteReaders(SqliteStoreOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(options.Readers, options.Readers);
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    /// <summary>Reads on the thread pool, with a connection that nobody else uses meanwhile.</summary>
    /// <exception cref="GridUnavailableException">The file cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read)
    {
        await _free.WaitAsync();
        try
        {
            return await Task.Run(() => Read(read));
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for those who read and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < options.Readers; i++)
        {
            await _free.WaitAsync();
        }

        foreach (var connection in _idle)
        {
            connection.Dispose();
        }

        _free.Dispose();
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = _idle.TryTake(out var idle) ? idle : Open();
            var result = read(connection);
            _idle.Add(connection);
            return result;
        }
        catch (SqliteError error)
        {
            connection?.Dispose();
            throw error.ToUnavailable(options.Path);
        }
    }

    private SqliteConnection Open()
    {
        var connection = SqliteConnection.Open(options.Path, readOnly: true, options.BusyTimeout);

        // Listings go from an index to rows all over the file: with so many pages at hand the tables' upper levels are read once.
        connection.ExecuteScript("PRAGMA cache_size = -16384");
        return connection;
    }
}
