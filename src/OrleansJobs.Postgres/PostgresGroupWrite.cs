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
    /// <param name="lockWait">How long to wait for each lock of another session.</param>
    public static async Task RunAsync(NpgsqlConnection connection, WriteGroup group, bool isUnclear, TimeSpan lockWait)
    {
        IReadOnlyList<StoreWrite.Insert> inserts = InOrder(group.Inserts);
        var updates = InOrder(group.Updates);
        for (var round = 0; round < MaxRounds && inserts.Count + updates.Count > 0; round++)
        {
            var (inserted, updated) = await WriteAsync(connection, inserts, updates, lockWait);
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

    // All writers lock rows in one order, so that no two wait for each other: jobs by id, and new ones with a key by that.
    private static List<StoreWrite.Insert> InOrder(List<StoreWrite.Insert> inserts)
    {
        inserts.Sort((one, other) => string.CompareOrdinal(one.Record.UniqueKey, other.Record.UniqueKey) is var order and not 0
            ? order
            : one.Record.Id.CompareTo(other.Record.Id));
        return inserts;
    }

    private static List<StoreWrite.Update> InOrder(List<StoreWrite.Update> updates)
    {
        updates.Sort((one, other) => one.Next.Id.CompareTo(other.Next.Id));
        return updates;
    }

    /// <summary>Writes the rows; the ids of those that were written, or null if all were.</summary>
    private static async Task<(HashSet<Guid>? Inserted, HashSet<Guid>? Updated)> WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<StoreWrite.Insert> inserts, List<StoreWrite.Update> updates, TimeSpan lockWait)
    {
        await using var command = PostgresStatements.Write(connection, inserts, updates, lockWait);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (ReadIds(reader, 0), ReadIds(reader, 1));
    }

    private static HashSet<Guid>? ReadIds(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : [.. reader.GetFieldValue<Guid[]>(column)];

    private static List<StoreWrite.Insert> StageWritten(IReadOnlyList<StoreWrite.Insert> inserts, HashSet<Guid>? written)
    {
        var refused = new List<StoreWrite.Insert>();
        foreach (var insert in inserts)
        {
            if (written is null || written.Contains(insert.Record.Id.Value))
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

    private static List<StoreWrite.Update> StageWritten(List<StoreWrite.Update> updates, HashSet<Guid>? written)
    {
        var missed = new List<StoreWrite.Update>();
        foreach (var update in updates)
        {
            if (written is null || written.Contains(update.Next.Id.Value))
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
