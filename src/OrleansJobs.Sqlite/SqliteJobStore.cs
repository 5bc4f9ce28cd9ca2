using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;
using Polly;
using Polly.Retry;

namespace OrleansJobs.Sqlite;

/// <summary>
/// Keeps jobs in one SQLite file, in write-ahead-log mode with full synchronisation: an answered write survives a power cut. One thread
/// writes, several read meanwhile. Other processes may read the file, and insert jobs with SQL.
/// </summary>
public sealed class SqliteJobStore : IJobStore
{
    private readonly SqliteStoreOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _initializing = new(1, 1);
    private Parts? _parts;

    /// <summary>Makes a store that opens its file when it is initialised.</summary>
    /// <exception cref="InvalidOptionsException">An option is out of range.</exception>
    public SqliteJobStore(SqliteStoreOptions options, ILogger<SqliteJobStore> logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _logger = logger.Contained();
        _timeProvider = timeProvider;
    }

    private Parts Ready => _parts ?? throw new InvalidOperationException("The job store is not initialised, or was disposed of.");

    /// <inheritdoc/>
    public async Task InitializeAsync(CancellationToken cancellationToken = default)
    {
        await _initializing.WaitAsync(cancellationToken);
        try
        {
            _parts ??= await Task.Run(Open, cancellationToken);
        }
        finally
        {
            _initializing.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<IStoreOwnership> OwnAsync(StoreClaim claim, string cluster = "", CancellationToken cancellationToken = default)
    {
        _ = Ready;
        return await Task.Run(() => SqliteOwnership.ClaimAsync(_options.Path, claim, cluster, _timeProvider.GetUtcNow(), cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InsertOutcome> InsertAsync(JobRecord record)
    {
        RecordCheck.CheckNew(record);
        return Ready.Writer.SubmitAsync(new StoreWrite.Insert(record));
    }

    /// <inheritdoc/>
    public Task<bool> UpdateAsync(JobRecord next, JobState before)
    {
        RecordCheck.CheckChange(next);
        return Ready.Writer.SubmitAsync(new StoreWrite.Update(next, before));
    }

    /// <inheritdoc/>
    public Task<JobRecord?> FindAsync(JobId id) => Ready.Finds.FindAsync(id);

    /// <inheritdoc/>
    public Task<JobRecord?> FindByUniqueKeyAsync(string jobClass, string uniqueKey) =>
        ReadAsync(connection => SqliteQueries.FindByUniqueKey(connection, jobClass, uniqueKey));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadTenantsAsync(string jobClass, string? after, int limit) =>
        ReadAsync(connection => SqliteQueries.ReadTenants(connection, jobClass, after, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingJob>> ReadWaitingAsync(
        string jobClass, string tenant, WaitingJob? after, DateTimeOffset dueBy, int limit) =>
        ReadAsync(connection => SqliteQueries.ReadWaiting(connection, jobClass, tenant, after, dueBy, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingJob>> ReadDueAsync(string jobClass, DateTimeOffset afterDue, JobId? afterId, int limit) =>
        ReadAsync(connection => SqliteQueries.ReadDue(connection, jobClass, afterDue, afterId, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobRecord>> ReadRunningAsync(string jobClass, JobId? after, int limit) =>
        ReadAsync(connection => SqliteQueries.ReadRunning(connection, jobClass, after, limit));

    /// <inheritdoc/>
    public Task<ListedRecords> ListAsync(JobFilter filter, ListPosition? before, int limit, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return ReadAsync(connection => SqliteListing.List(connection, filter, before, limit, now));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FinishedRecord>> ReadFinishedAsync(string jobClass, long after, int limit) =>
        ReadAsync(connection => SqliteQueries.ReadFinished(connection, jobClass, after, limit));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, JobCounts>> CountAsync() => ReadAsync(SqliteQueries.Count);

    /// <inheritdoc/>
    public Task<int> PruneAsync(string jobClass, DateTimeOffset finishedBefore, int limit) =>
        Ready.Writer.SubmitAsync(new StoreWrite.Prune(jobClass, finishedBefore, limit));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(JobId id, long version) => Ready.Writer.SubmitAsync(new StoreWrite.Delete(id, version));

    /// <inheritdoc/>
    public Task<ClassSettingsRow?> ReadClassSettingsAsync(string jobClass) =>
        ReadAsync(connection => SqliteClassSettings.Read(connection, jobClass));

    /// <inheritdoc/>
    public Task<bool> WriteClassSettingsAsync(string jobClass, ClassSettingsRow next)
    {
        DocumentCheck.Check(jobClass, next);
        return Ready.Writer.SubmitAsync(new StoreWrite.Settings(jobClass, next));
    }

    /// <inheritdoc/>
    public Task AppendLogAsync(IReadOnlyList<LoggedLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return Ready.Writer.SubmitAsync(new StoreWrite.Log(lines));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, long after, int limit) =>
        ReadAsync(connection => SqliteJobLog.Read(connection, id, after, limit));

    /// <inheritdoc/>
    public Task AppendAuditAsync(DateTimeOffset at, AuditKind kind, string document, IReadOnlyList<AuditBounds> keep)
    {
        DocumentCheck.CheckAudit(document);
        return Ready.Writer.SubmitAsync(new StoreWrite.Audit(at, kind, document, keep));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRow>> ReadAuditAsync(long before, int limit, AuditKind? kind = null) =>
        ReadAsync(connection => SqliteAudit.Read(connection, before, limit, kind));

    /// <inheritdoc/>
    public IAsyncEnumerable<string> WatchForeignInsertsAsync(CancellationToken cancellationToken) =>
        Ready.Foreign.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var parts = Interlocked.Exchange(ref _parts, null);
        if (parts is not null)
        {
            parts.Foreign.Dispose();
            await parts.Finds.DisposeAsync();
            await parts.Readers.DisposeAsync();
            await parts.Writer.DisposeAsync();
        }

        _initializing.Dispose();
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> read) => Ready.Readers.ReadAsync(read);

    /// <summary>A look that fails has failed with its group, which is in the log.</summary>
    private static void Look(SqliteWriter writer) => _ = writer.SubmitAsync(new StoreWrite.Upkeep())
        .ContinueWith(static look => _ = look.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    private Parts Open()
    {
        var connection = SqliteOpening.OpenForWriting(_options, _timeProvider.GetUtcNow());
        var readers = new SqliteReaders(_options);
        var foreign = new SqliteForeignInserts(_options.Path, _timeProvider, _logger);
        var writer = new SqliteWriter(connection, foreign, _options, RetryWhileBusy(), _logger);
        foreign.Start(() => Look(writer));
        var finds = new SqliteFinds(_options);
        _logger.Opened(_options.Path);
        return new Parts(writer, finds, readers, foreign);
    }

    private ResiliencePipeline RetryWhileBusy() => new ResiliencePipelineBuilder { TimeProvider = _timeProvider }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SqliteError>(error => error.IsBusy),
            MaxRetryAttempts = _options.MaxRetries,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = retry =>
            {
                _logger.Busy(_options.Path, retry.RetryDelay);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private sealed record Parts(SqliteWriter Writer, SqliteFinds Finds, SqliteReaders Readers, SqliteForeignInserts Foreign);
}
