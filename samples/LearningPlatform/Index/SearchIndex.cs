using Dapper;
using Microsoft.Data.Sqlite;

namespace LearningPlatform.Index;

/// <summary>
/// The full-text index: one SQLite file with an FTS5 table. Silos on one machine may share it; in a process one write goes at a time, and
/// between processes a write waits for the other's.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Most hits of one query.</summary>
    public const int MaxHits = 100;

    /// <summary>Most words of one query; further ones are not looked for.</summary>
    public const int MaxQueryWords = 32;

    /// <summary>How long a write waits for one of another process before it fails, in seconds.</summary>
    private const int BusyTimeoutSeconds = 30;

    private readonly string _connectionString;
    private readonly string _database;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private bool _isSetUp;

    /// <summary>Makes an index on a database file, which is made at the first write if it is not there.</summary>
    public SearchIndex(string database)
    {
        _database = database;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = database,
            DefaultTimeout = BusyTimeoutSeconds,
            Pooling = true,
        }.ToString();
    }

    /// <summary>Puts a document in, in place of what is there for its path; false if a job submitted later has been here before.</summary>
    /// <exception cref="SqliteException">The database is damaged, full, not writable, or was busy for too long.</exception>
    public async Task<bool> UpsertAsync(IndexedDocument document, CancellationToken cancellationToken = default)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            // SQLite has no asynchronous calls; these go where they hold up nobody else.
            return await Task.Run(() => Upsert(document), cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>The documents with all the words of the text, best first; none if the text has no words.</summary>
    /// <param name="text">Words; operators and marks mean nothing.</param>
    /// <param name="limit">Hits at most, from 1 to <see cref="MaxHits"/>.</param>
    /// <param name="cancellationToken">Stops before the query.</param>
    public Task<IReadOnlyList<SearchHit>> QueryAsync(string text, int limit = 10, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxHits);
        return Task.Run<IReadOnlyList<SearchHit>>(() => Query(SearchQuery.Of(text), limit), cancellationToken);
    }

    /// <summary>The number of documents in the index.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var connection = Open();
            return connection is null ? 0 : connection.ExecuteScalar<long>("SELECT count(*) FROM documents");
        },
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private bool Upsert(IndexedDocument document)
    {
        using var connection = OpenForWriting();
        using var transaction = connection.BeginTransaction(deferred: false);
        var id = connection.ExecuteScalar<long?>(
            SearchSchema.Upsert,
            new { document.Path, document.Title, document.Bytes, SubmittedTicks = document.SubmittedAt.UtcTicks },
            transaction);
        if (id is null)
            return false;

        connection.Execute(SearchSchema.Replace, new { Id = id, document.Title, document.Text, document.Path }, transaction);
        transaction.Commit();
        return true;
    }

    private List<SearchHit> Query(string query, int limit)
    {
        using var connection = query.Length == 0 ? null : Open();
        var hits = new List<SearchHit>();
        if (connection is null)
            return hits;

        using var rows = connection.ExecuteReader(SearchSchema.Query, new { Query = query, Limit = limit });
        while (rows.Read())
            hits.Add(new SearchHit(rows.GetString(0), rows.GetString(1), rows.GetString(2)));
        return hits;
    }

    /// <summary>Null while there is no index yet.</summary>
    private SqliteConnection? Open()
    {
        if (!File.Exists(_database))
            return null;

        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        if (connection.ExecuteScalar<long>(SearchSchema.IsThere) > 0)
            return connection;

        connection.Dispose();
        return null;
    }

    private SqliteConnection OpenForWriting()
    {
        if (!_isSetUp)
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_database))!);

        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute(SearchSchema.ConnectionSettings);
        if (!_isSetUp)
            SetUp(connection);
        return connection;
    }

    private void SetUp(SqliteConnection connection)
    {
        connection.Execute(SearchSchema.Journal);
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(SearchSchema.Create, transaction: transaction);
        transaction.Commit();
        _isSetUp = true;
    }
}
