using Npgsql;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>The writes that go alone.</summary>
internal static class PostgresUpkeep
{
    private const string PruneSql =
        """
        WITH gone AS (
            DELETE FROM jobs WHERE id = ANY (ARRAY(
                SELECT id FROM jobs WHERE class = $1 AND finished_at < $2 AND finished_at IS NOT NULL AND state >= 4
                ORDER BY finished_at LIMIT $3))
            RETURNING id, state, tags
        ), unlogged AS (
            DELETE FROM job_log WHERE id IN (SELECT id FROM gone)
        ), untagged AS (
            DELETE FROM job_tags WHERE (tag, id) IN (
                SELECT t.tag, gone.id FROM gone CROSS JOIN LATERAL jsonb_array_elements_text(gone.tags) AS t (tag) WHERE gone.tags IS NOT NULL)
        ), counted AS (
            UPDATE job_counts c SET succeeded = c.succeeded - d.succeeded, dead_lettered = c.dead_lettered - d.dead_lettered,
                cancelled = c.cancelled - d.cancelled
            FROM (
                SELECT count(*) FILTER (WHERE state = 4) AS succeeded, count(*) FILTER (WHERE state = 5) AS dead_lettered,
                    count(*) FILTER (WHERE state = 6) AS cancelled
                FROM gone) d
            WHERE c.class = $1
        )
        SELECT count(*) FROM gone
        """;

    public static async Task<int> PruneAsync(NpgsqlConnection connection, StoreWrite.Prune prune)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(PostgresStatements.Lock([prune.JobClass]));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PruneSql)
        {
            Parameters =
            {
                PostgresReader.Value(prune.JobClass),
                PostgresQueries.Time(prune.FinishedBefore),
                PostgresReader.Value(prune.Limit),
            },
        });
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var count = (int)reader.GetInt64(0);
        await PostgresGroupWrite.FinishAsync(reader);
        return count;
    }

    public static async Task<bool> AddForeignCountsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(PostgresCounts.AddForeignSql, connection);
        return await command.ExecuteNonQueryAsync() > 0;
    }
}
