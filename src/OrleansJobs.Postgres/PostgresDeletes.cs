using Npgsql;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>Deletes the jobs of a group in one call, which commits by itself.</summary>
internal static class PostgresDeletes
{
    /// <param name="connection">The writer's connection.</param>
    /// <param name="deletes">What to delete; each gets its answer staged.</param>
    /// <param name="isUnclear">Whether an earlier try may have been committed: then a job that is gone is one that was deleted.</param>
    /// <param name="lockWait">How long to wait for each lock of another session.</param>
    public static async Task RunAsync(NpgsqlConnection connection, IReadOnlyList<StoreWrite.Delete> deletes, bool isUnclear, TimeSpan lockWait)
    {
        var deleted = await DeleteAsync(connection, deletes, lockWait);
        var there = isUnclear ? await ReadAsync(connection, deletes) : null;
        foreach (var delete in deletes)
        {
            delete.Stage(deleted.Contains(delete.Id.Value) || there?.Contains(delete.Id.Value) == false);
        }
    }

    private static async Task<HashSet<Guid>> DeleteAsync(NpgsqlConnection connection, IReadOnlyList<StoreWrite.Delete> deletes, TimeSpan lockWait)
    {
        await using var command = new NpgsqlCommand("CALL orleansjobs_delete($1, $2, $3, NULL)", connection);
        command.Parameters.Add(PostgresReader.Value(PostgresSettings.Milliseconds(lockWait)));
        _ = new RowArrays<StoreWrite.Delete>(command.Parameters, deletes).Ids(delete => delete.Id).Longs(delete => delete.Version);
        return [.. (Guid[])(await command.ExecuteScalarAsync())!];
    }

    private static async Task<HashSet<Guid>> ReadAsync(NpgsqlConnection connection, IEnumerable<StoreWrite.Delete> deletes)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(array_agg(id), '{}') FROM jobs WHERE id = ANY($1)", connection);
        command.Parameters.Add(PostgresReader.Value(deletes.Select(delete => delete.Id.Value).ToArray()));
        return [.. (Guid[])(await command.ExecuteScalarAsync())!];
    }
}
