using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Sqlite;

/// <summary>Reads single jobs for many callers: each group is one read transaction on a connection and a thread of its own.</summary>
internal sealed class SqliteFinds : IAsyncDisposable
{
    private readonly SqliteStoreOptions _options;
    private readonly BatchQueue<JobRead> _queue;
    private SqliteConnection? _connection;

    public SqliteFinds(SqliteStoreOptions options)
    {
        _options = options;
        _queue = BatchQueue<JobRead>.StartOnOwnThread("jobs-sqlite-finds", options.GroupCommit, Process);
    }

    public Task<JobRecord?> FindAsync(JobId id)
    {
        var read = new JobRead(id);
        return _queue.SubmitAsync(read, read.Task);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _connection?.Dispose();
    }

    private void Process(IReadOnlyList<JobRead> batch)
    {
        try
        {
            _connection ??= SqliteConnection.Open(_options.Path, readOnly: true, _options.BusyTimeout);
            Read(_connection, batch);
        }
        catch (Exception exception)
        {
            // A new connection next time: this one may be inside a transaction.
            _connection?.Dispose();
            _connection = null;
            throw exception is SqliteError error ? error.ToUnavailable(_options.Path) : exception;
        }
    }

    private static void Read(SqliteConnection connection, IReadOnlyList<JobRead> batch)
    {
        connection.Execute("BEGIN");
        foreach (var read in batch)
        {
            read.Succeed(SqliteQueries.Find(connection, read.Id));
        }

        connection.Execute("COMMIT");
    }
}
