using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>Writes the inserts and updates of a group in one round trip and finds out what became of each row.</summary>
internal static class PostgresGroupWrite
{
    /// <summary>Times that a row is tried again whose rival was there when it was written and is gone when one looks.</summary>
    private const int MaxRounds = 5;

    /// <param name="connection">The writer's connection.</param>
    /// <param name="group">What to write; each write gets its answer staged.</param>
    /// <param name="isUnclear">Whether an earlier try may have been committed.</param>
    /// <param name="lockTimeout">How long to wait for locks, if not as usual.</param>
    public static async Task RunAsync(NpgsqlConnection connection, WriteGroup group, bool isUnclear, TimeSpan? lockTimeout)
    {
        IReadOnlyList<StoreWrite.Insert> inserts = group.Inserts;
        var updates = group.Updates;
        for (var round = 0; round < MaxRounds && inserts.Count + updates.Count > 0; round++)
        {
            var (inserted, updated) = await WriteAsync(connection, group.CountedClasses, inserts, updates, lockTimeout);
            var refused = StageWritten(inserts, inserted);
            var missed = StageWritten(updates, updated);
            if (missed.Count > 0)
            {
                await PostgresMisses.StageUpdatesAsync(connection, missed, isUnclear);
            }

            inserts = refused.Count > 0 ? await PostgresMisses.StageInsertsAsync(connection, refused, isUnclear) : [];
            updates = [];
        }

        foreach (var insert in inserts)
        {
            insert.StageFailure(new GridUnavailableException($"Job {insert.Record.Id} could not be inserted: its rivals come and go."));
        }
    }

    /// <summary>Reads what is left, so that an error at the end of the transaction comes out.</summary>
    public static async Task FinishAsync(NpgsqlDataReader reader)
    {
        while (await reader.NextResultAsync())
        {
        }
    }

    private static async Task<(HashSet<Guid> Inserted, HashSet<Guid> Updated)> WriteAsync(
        NpgsqlConnection connection,
        string[] classes,
        IReadOnlyList<StoreWrite.Insert> inserts,
        List<StoreWrite.Update> updates,
        TimeSpan? lockTimeout)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (lockTimeout is { } timeout)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET LOCAL lock_timeout = {(int)timeout.TotalMilliseconds}"));
        }

        batch.BatchCommands.Add(PostgresStatements.Lock(classes));
        if (inserts.Count > 0)
        {
            batch.BatchCommands.Add(PostgresStatements.Insert(inserts));
        }

        if (updates.Count > 0)
        {
            batch.BatchCommands.Add(PostgresStatements.Update(updates));
        }

        await using var reader = await batch.ExecuteReaderAsync();
        var inserted = inserts.Count > 0 ? await ReadIdsAsync(reader) : [];
        var updated = updates.Count > 0 ? await ReadIdsAsync(reader) : [];
        await FinishAsync(reader);
        return (inserted, updated);
    }

    private static async Task<HashSet<Guid>> ReadIdsAsync(NpgsqlDataReader reader)
    {
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.IsDBNull(0) ? [] : [.. reader.GetFieldValue<Guid[]>(0)];
    }

    private static List<StoreWrite.Insert> StageWritten(IReadOnlyList<StoreWrite.Insert> inserts, HashSet<Guid> written)
    {
        var refused = new List<StoreWrite.Insert>();
        foreach (var insert in inserts)
        {
            if (written.Contains(insert.Record.Id.Value))
            {
                insert.Stage(new InsertOutcome(InsertStatus.Inserted, insert.Record.Id));
            }
            else
            {
                refused.Add(insert);
            }
        }

        return refused;
    }

    private static List<StoreWrite.Update> StageWritten(List<StoreWrite.Update> updates, HashSet<Guid> written)
    {
        var missed = new List<StoreWrite.Update>();
        foreach (var update in updates)
        {
            if (written.Contains(update.Next.Id.Value))
            {
                update.Stage(true);
            }
            else
            {
                missed.Add(update);
            }
        }

        return missed;
    }
}
