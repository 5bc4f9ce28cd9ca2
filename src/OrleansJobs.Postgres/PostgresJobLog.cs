using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>The lines that jobs have logged. They go beside the writer of the jobs, which they are not to hold up.</summary>
internal static class PostgresJobLog
{
    // The lock keeps a job from being pruned until its lines are there to go with it. Nobody else waits for it.
    private const string AppendSql =
        """
        WITH lines AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n (id, seq, at, attempt, level, text, kept_from)
        ), alive AS (
            SELECT id FROM jobs WHERE id = ANY($1) ORDER BY id FOR KEY SHARE
        ), added AS (
            INSERT INTO job_log (id, seq, at, attempt, level, text)
            SELECT l.id, l.seq, l.at, l.attempt, l.level, l.text FROM lines l JOIN alive a ON a.id = l.id
            ON CONFLICT DO NOTHING
        ), dropped AS (
            DELETE FROM job_log o USING (SELECT id, max(kept_from) AS kept_from FROM lines WHERE kept_from > 0 GROUP BY id) k
            WHERE o.id = k.id AND o.seq < k.kept_from
        )
        SELECT 1
        """;

    public static async Task AppendAsync(PostgresReader reader, IReadOnlyList<LoggedLine> lines)
    {
        await using var values = new NpgsqlCommand();
        new RowArrays<LoggedLine>(values.Parameters, lines)
            .Ids(line => line.JobId).Longs(line => line.Line.Sequence).Times(line => line.Line.At).Ints(line => line.Line.Attempt)
            .Shorts(line => (int)line.Line.Level).Texts(line => StorableText.Clean(line.Line.Text)).Longs(line => line.KeptFrom);
        await reader.ReadAsync(AppendSql, _ => true, values.Parameters.ToArray());
    }

    public static Task<IReadOnlyList<JobLogLine>> ReadAsync(PostgresReader reader, JobId id, long after, int limit) => reader.ReadAsync(
        "SELECT seq, at, attempt, level, text FROM job_log WHERE id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        row => new JobLogLine(row.GetInt64(0), new(row.GetDateTime(1)), row.GetInt32(2), (LogLevel)row.GetInt16(3), row.GetString(4)),
        Value(id.Value),
        Value(after),
        Value(limit));
}
