using Npgsql;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>The writes that go alone. Each commits by itself, as the write of a group does.</summary>
internal static class PostgresUpkeep
{
    /// <summary>Removes old jobs that ended, but for those of which another session has a lock; they go the next time.</summary>
    public static async Task<int> PruneAsync(NpgsqlConnection connection, StoreWrite.Prune prune)
    {
        await using var command = new NpgsqlCommand("CALL orleansjobs_prune($1, $2, $3, NULL)", connection)
        {
            Parameters =
            {
                PostgresReader.Value(prune.JobClass),
                PostgresQueries.Time(prune.FinishedBefore),
                PostgresReader.Value(prune.Limit),
            },
        };
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Sums up the counts of the commits so far. Leaves it to another session that is at it.</summary>
    public static async Task<bool> FoldAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("CALL orleansjobs_fold()", connection);
        await command.ExecuteNonQueryAsync();
        return true;
    }
}
