namespace OrleansJobs.Postgres;

/// <summary>Reads the counts: those kept by the store's writers, with the rows of other programs that are not added to them yet.</summary>
internal static class PostgresCounts
{
    /// <summary>Rows of other programs that may be summed up with each reading before they are added to the counts.</summary>
    public const long MaxForeignRows = 1_000;

    /// <summary>Adds the rows of other programs to the counts, the classes in the order in which all writers lock them.</summary>
    public const string AddForeignSql =
        """
        WITH gone AS (DELETE FROM job_counts_foreign RETURNING class, state)
        INSERT INTO job_counts AS c (class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled)
        SELECT class,
            count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 2),
            count(*) FILTER (WHERE state = 3), count(*) FILTER (WHERE state = 4), count(*) FILTER (WHERE state = 5),
            count(*) FILTER (WHERE state = 6)
        FROM gone GROUP BY class ORDER BY class
        ON CONFLICT (class) DO UPDATE SET
            scheduled = c.scheduled + excluded.scheduled, queued = c.queued + excluded.queued, running = c.running + excluded.running,
            retrying = c.retrying + excluded.retrying, succeeded = c.succeeded + excluded.succeeded,
            dead_lettered = c.dead_lettered + excluded.dead_lettered, cancelled = c.cancelled + excluded.cancelled
        """;

    private const string CountSql =
        """
        SELECT class, sum(scheduled)::bigint, sum(queued)::bigint, sum(running)::bigint, sum(retrying)::bigint, sum(succeeded)::bigint,
            sum(dead_lettered)::bigint, sum(cancelled)::bigint, sum(foreign_rows)::bigint
        FROM (
            SELECT class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled, 0 AS foreign_rows FROM job_counts
            UNION ALL
            SELECT class, (state = 0)::int, (state = 1)::int, (state = 2)::int, (state = 3)::int, (state = 4)::int, (state = 5)::int,
                (state = 6)::int, 1
            FROM job_counts_foreign) AS parts
        GROUP BY class
        """;

    /// <summary>The counts of each class, and how many rows of other programs were summed up for them.</summary>
    public static async Task<(IReadOnlyDictionary<string, JobCounts> Counts, long ForeignRows)> ReadAsync(PostgresReader reader)
    {
        var rows = await reader.ReadAsync(CountSql, row => (Class: row.GetString(0), ForeignRows: row.GetInt64(8), Counts: new JobCounts
        {
            Scheduled = row.GetInt64(1),
            Queued = row.GetInt64(2),
            Running = row.GetInt64(3),
            Retrying = row.GetInt64(4),
            Succeeded = row.GetInt64(5),
            DeadLettered = row.GetInt64(6),
            Cancelled = row.GetInt64(7),
        }));
        return (rows.ToDictionary(row => row.Class, row => row.Counts, StringComparer.Ordinal), rows.Sum(row => row.ForeignRows));
    }
}
