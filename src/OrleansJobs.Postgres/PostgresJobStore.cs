using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Postgres;

/// <summary>
/// Keeps jobs in a PostgreSQL database (13 or newer) that any number of silos share. An answered write is committed, as durably as the
/// server is set to, and never less than on its own disk. Other programs may insert jobs with SQL, in transactions of their own.
/// </summary>
public sealed class PostgresJobStore : IJobStore
{
    private readonly PostgresAccess _access;
    private readonly SemaphoreSlim _initializing = new(1, 1);
    private Parts? _parts;

    /// <summary>Makes a store that connects when it is initialised.</summary>
    /// <exception cref="InvalidOptionsException">An option is out of range, or the connection string is not valid.</exception>
    public PostgresJobStore(PostgresStoreOptions options, ILogger<PostgresJobStore> logger, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _access = new PostgresAccess(options, logger.Contained(), timeProvider);
    }

    private Parts Ready => _parts ?? throw new InvalidOperationException("The job store is not initialised, or was disposed of.");

    /// <inheritdoc/>
    public async Task InitializeAsync(CancellationToken cancellationToken = default)
    {
        await _initializing.WaitAsync(cancellationToken);
        try
        {
            _parts ??= await OpenAsync(cancellationToken);
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
        return await PostgresOwnership.ClaimAsync(_access, claim, cluster, cancellationToken);
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
        PostgresQueries.FindByUniqueKeyAsync(Ready.Reader, jobClass, uniqueKey);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadTenantsAsync(string jobClass, string? after, int limit) =>
        PostgresQueries.ReadTenantsAsync(Ready.Reader, jobClass, after, limit);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingJob>> ReadWaitingAsync(
        string jobClass, string tenant, WaitingJob? after, DateTimeOffset dueBy, int limit) =>
        PostgresQueries.ReadWaitingAsync(Ready.Reader, jobClass, tenant, after, dueBy, limit);

    /// <inheritdoc/>
    public Task<IReadOnlyList<WaitingJob>> ReadDueAsync(string jobClass, DateTimeOffset afterDue, JobId? afterId, int limit) =>
        PostgresQueries.ReadDueAsync(Ready.Reader, jobClass, afterDue, afterId, limit);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobRecord>> ReadRunningAsync(string jobClass, JobId? after, int limit) =>
        PostgresQueries.ReadRunningAsync(Ready.Reader, jobClass, after, limit);

    /// <inheritdoc/>
    public Task<ListedRecords> ListAsync(JobFilter filter, ListPosition? before, int limit, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return PostgresListing.ListAsync(Ready.Reader, filter, before, limit, now);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<FinishedRecord>> ReadFinishedAsync(string jobClass, long after, int limit) =>
        Ready.Results.ReadAsync(jobClass, after, limit);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, JobCounts>> CountAsync()
    {
        var (counts, changes) = await PostgresCounts.ReadAsync(Ready.Reader);
        if (changes > PostgresCounts.MaxChanges)
        {
            await Ready.Writer.SubmitAsync(new StoreWrite.Upkeep());
        }

        return counts;
    }

    /// <inheritdoc/>
    public Task<int> PruneAsync(string jobClass, DateTimeOffset finishedBefore, int limit) =>
        Ready.Writer.SubmitAsync(new StoreWrite.Prune(jobClass, finishedBefore, limit));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(JobId id, long version) => Ready.Writer.SubmitAsync(new StoreWrite.Delete(id, version));

    /// <inheritdoc/>
    public Task<ClassSettingsRow?> ReadClassSettingsAsync(string jobClass) => PostgresClassSettings.ReadAsync(Ready.Reader, jobClass);

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
        return PostgresJobLog.AppendAsync(Ready.Reader, lines);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, long after, int limit) =>
        PostgresJobLog.ReadAsync(Ready.Reader, id, after, limit);

    /// <inheritdoc/>
    public Task AppendAuditAsync(DateTimeOffset at, AuditKind kind, string document, IReadOnlyList<AuditBounds> keep)
    {
        DocumentCheck.CheckAudit(document);
        return PostgresAudit.AppendAsync(Ready.Reader, at, kind, document, keep);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRow>> ReadAuditAsync(long before, int limit, AuditKind? kind = null) =>
        PostgresAudit.ReadAsync(Ready.Reader, before, limit, kind);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> WatchForeignInsertsAsync(CancellationToken cancellationToken) =>
        Ready.Foreign.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var parts = Interlocked.Exchange(ref _parts, null);
        if (parts is not null)
        {
            await parts.Finds.DisposeAsync();
            await parts.Writer.DisposeAsync();
        }

        await _access.DisposeAsync();
        _initializing.Dispose();
    }

    private async Task<Parts> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PostgresPoolerCheck.RequireSessionsAsync(_access.Options, cancellationToken);
            _access.UseSchema(await PostgresMigrator.MigrateAsync(_access, cancellationToken));
            await PostgresReadCheck.RequireSameDatabaseAsync(_access, cancellationToken);
        }
        catch (Exception exception) when (PostgresErrors.IsTransient(exception) || exception is Npgsql.NpgsqlException)
        {
            throw PostgresErrors.ToSetup(exception, _access.Name);
        }

        var reader = new PostgresReader(_access);
        _access.Logger.Opened(_access.Name);
        return new Parts(
            new PostgresWriter(_access),
            new PostgresFinds(reader, _access.Options.GroupCommit),
            reader,
            new PostgresResults(reader, _access.TimeProvider),
            new PostgresForeignInserts(_access));
    }

    private sealed record Parts(
        PostgresWriter Writer, PostgresFinds Finds, PostgresReader Reader, PostgresResults Results, PostgresForeignInserts Foreign);
}
