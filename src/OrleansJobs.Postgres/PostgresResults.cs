using OrleansJobs.Core.Lifecycle;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>
/// Reads the results queue. Its places go by the numbers of commits, which do not become visible in that order; so it is read up to where all
/// commits are settled, which is found out before the look at the rows begins (ADR 0034).
/// </summary>
internal sealed class PostgresResults(PostgresReader reader, TimeProvider timeProvider)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a read waits for commits that are on their way before results which are there.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<FinishedRecord>> ReadAsync(string jobClass, long after, int limit)
    {
        var since = timeProvider.GetTimestamp();
        while (true)
        {
            var (below, isAny) = await LookAsync(jobClass, after);
            var page = isAny ? await ReadAsync(jobClass, after, below, limit) : [];
            if (page.Count > 0 || !isAny || timeProvider.GetElapsedTime(since) > Patience)
            {
                return page;
            }

            // Who was told of a result looks for it once.
            await Task.Delay(Pause, timeProvider);
        }
    }

    /// <summary>Up to where the results are settled, and whether there are any at all.</summary>
    private async Task<(long Below, bool IsAny)> LookAsync(string jobClass, long after) => (await reader.ReadAsync(
        "SELECT (orleansjobs_settled() + 1) << 14, EXISTS (SELECT FROM jobs WHERE class = $1 AND finished_seq > $2)",
        row => (row.GetInt64(0), row.GetBoolean(1)),
        Value(jobClass),
        Value(after)))[0];

    /// <summary>Cuts the page by bytes here, for a reader that stops early has to take all rows off the wire nevertheless.</summary>
    private Task<IReadOnlyList<FinishedRecord>> ReadAsync(string jobClass, long after, long below, int limit) => reader.ReadAsync(
        $"""
        SELECT {PostgresRows.AllColumns}, finished_seq FROM (
            SELECT *, coalesce(sum({PostgresRows.Weight}) OVER (ORDER BY finished_seq {PostgresRows.RowsBefore}), 0) AS bytes_before
            FROM (SELECT * FROM jobs WHERE class = $1 AND finished_seq > $2 AND finished_seq < $4 ORDER BY finished_seq LIMIT $3) AS ended) AS page
        WHERE bytes_before < {JobLimits.MaxPageBytes} ORDER BY finished_seq
        """,
        row => new FinishedRecord(row.GetInt64(PostgresRows.AfterAllColumns), PostgresRows.ReadWhole(row)),
        Value(jobClass),
        Value(after),
        Value(limit),
        Value(below));
}
