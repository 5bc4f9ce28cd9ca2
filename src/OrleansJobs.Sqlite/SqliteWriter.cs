using Microsoft.Extensions.Logging;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;
using Polly;

namespace OrleansJobs.Sqlite;

/// <summary>
/// The one writer of a file: a thread with a connection of its own that writes each group in one transaction, row by row with the same
/// prepared statements, and answers the callers after the commit.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const string Removed = "RETURNING class, state, id, tags, submitted_at";

    private readonly SqliteConnection _connection;
    private readonly SqliteCounts _counts;
    private readonly SqliteForeignInserts _foreign;
    private readonly string _path;
    private readonly ResiliencePipeline _retry;
    private readonly ILogger _logger;
    private readonly BatchQueue<StoreWrite> _queue;

    public SqliteWriter(
        SqliteConnection connection, SqliteForeignInserts foreign, SqliteStoreOptions options, ResiliencePipeline retry, ILogger logger)
    {
        _connection = connection;
        _counts = new SqliteCounts(connection);
        _foreign = foreign;
        _path = options.Path;
        _retry = retry;
        _logger = logger;
        _foreign.Look(ReadDataVersion);
        _queue = BatchQueue<StoreWrite>.StartOnOwnThread("jobs-sqlite-writer", options.GroupCommit, Process, "sqlite");
    }

    public Task<T> SubmitAsync<T>(StoreWrite.Of<T> write) => _queue.SubmitAsync(write, write.Task);

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _connection.Dispose();
    }

    private void Process(IReadOnlyList<StoreWrite> batch)
    {
        try
        {
            _foreign.Look(ReadDataVersion);
            _retry.Execute(() => Commit(batch));
        }
        catch (SqliteError error)
        {
            _logger.WriteFailed(_path, batch.Count, error);
            throw error.ToUnavailable(_path);
        }

        foreach (var write in batch)
        {
            write.Answer();
        }
    }

    private void Commit(IReadOnlyList<StoreWrite> batch)
    {
        // A look at the file after a notice costs no transaction.
        if (batch.All(static write => write is StoreWrite.Upkeep))
        {
            return;
        }

        _foreign.OwnGroup();
        _counts.Begin();
        _connection.InTransaction(() =>
        {
            foreach (var write in batch)
            {
                Apply(write);
            }

            _counts.Flush();
        });
    }

    private void Apply(StoreWrite write)
    {
        try
        {
            switch (write)
            {
                case StoreWrite.Insert insert:
                    insert.Stage(Insert(insert));
                    break;
                case StoreWrite.Update update:
                    update.Stage(Update(update));
                    break;
                case StoreWrite.Prune prune:
                    prune.Stage(Prune(prune));
                    break;
                case StoreWrite.Delete delete:
                    delete.Stage(Delete(delete));
                    break;
                case StoreWrite.Settings settings:
                    settings.Stage(SqliteClassSettings.Write(_connection, settings));
                    break;
                case StoreWrite.Log log:
                    SqliteJobLog.Append(_connection, log.Lines);
                    log.Stage(true);
                    break;
                case StoreWrite.Audit audit:
                    SqliteAudit.Append(_connection, audit);
                    audit.Stage(true);
                    break;
            }
        }
        catch (SqliteError error) when (error.IsOfRow && !_connection.IsAutocommit)
        {
            write.StageFailure(new InvalidRequestException($"The job store '{_path}' refused the row: {error.Message}."));
        }
    }

    private InsertOutcome Insert(StoreWrite.Insert insert)
    {
        var job = insert.Record;
        var statement = _connection.Prepare(SqliteRows.InsertSql);
        SqliteRows.BindInsert(statement, job, job.State.IsTerminal() ? _counts.NextSequence(job.JobClass) : null);
        statement.Run();
        if (_connection.Changes == 1)
        {
            SqliteTags.Add(_connection, job);
            _counts.Add(job.JobClass, job.State);
            return new InsertOutcome(InsertStatus.Inserted, job.Id);
        }

        return FindId(_connection.Prepare("SELECT id FROM jobs WHERE id = ?").Bind(job.Id)) is not null
            ? new InsertOutcome(InsertStatus.IdTaken, job.Id)
            : new InsertOutcome(InsertStatus.UniqueKeyTaken, FindKeyHolder(job.JobClass, job.UniqueKey!));
    }

    private bool Update(StoreWrite.Update update)
    {
        if (!WriteOpen(update) && !WriteWhole(update))
        {
            return false;
        }

        var next = update.Next;
        if (update.Before != next.State)
        {
            _counts.Add(next.JobClass, update.Before, -1);
            _counts.Add(next.JobClass, next.State);
        }

        return true;
    }

    private bool WriteOpen(StoreWrite.Update update)
    {
        var next = update.Next;
        if (next.State.IsTerminal() || update.Before.IsTerminal() || next.FinishedAt is not null)
        {
            return false;
        }

        var statement = _connection.Prepare(SqliteRows.UpdateOpenSql);
        SqliteRows.BindUpdateOpen(statement, next);
        statement.Run();
        return _connection.Changes == 1;
    }

    private bool WriteWhole(StoreWrite.Update update)
    {
        var next = update.Next;
        var statement = _connection.Prepare(SqliteRows.UpdateSql);
        var ends = next.State.IsTerminal() && !update.Before.IsTerminal();
        SqliteRows.BindUpdate(
            statement, next, keepsPlace: next.State.IsTerminal() && !ends, ends ? _counts.NextSequence(next.JobClass) : null);
        statement.Run();
        return _connection.Changes == 1;
    }

    private int Prune(StoreWrite.Prune prune) => Remove(_connection.Prepare(
            "DELETE FROM jobs WHERE id IN (SELECT id FROM jobs INDEXED BY jobs_finished WHERE class = ? AND finished_at < ? " +
            $"AND finished_at IS NOT NULL AND state >= 4 ORDER BY finished_at LIMIT ?) {Removed}")
        .Bind(prune.JobClass).Bind(Micros.Of(prune.FinishedBefore)).Bind(prune.Limit));

    private bool Delete(StoreWrite.Delete delete) => Remove(_connection.Prepare(
            $"DELETE FROM jobs WHERE id = ? AND version = ? AND state >= 4 {Removed}")
        .Bind(delete.Id).Bind(delete.Version)) == 1;

    /// <summary>Runs a removal of ended jobs, and has all that belongs to them go with them.</summary>
    private int Remove(SqliteStatement statement)
    {
        var gone = statement.ReadAll(row => (Class: row.Text(0)!, State: (JobState)row.Int(1), Id: row.Id(2), Tags: row.Text(3), SubmittedAt: row.Long(4)));
        foreach (var job in gone)
        {
            SqliteTags.Remove(_connection, job.Id, job.SubmittedAt, job.Tags);
            SqliteJobLog.Remove(_connection, job.Id);
            _counts.Add(job.Class, job.State, -1);
        }

        return gone.Count;
    }

    private JobId FindKeyHolder(string jobClass, string uniqueKey) =>
        FindId(_connection.Prepare("SELECT id FROM jobs WHERE unique_key = ? AND class = ?").Bind(uniqueKey).Bind(jobClass))!.Value;

    private static JobId? FindId(SqliteStatement statement)
    {
        JobId? id = statement.Step() ? statement.Id(0) : null;
        statement.Reset();
        return id;
    }

    // Rises with the commits of other connections than this, and all others of this store only read.
    private long ReadDataVersion() => _connection.ReadLong("PRAGMA data_version");
}
