using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>The audit trail.</summary>
internal static class PostgresAudit
{
    // What another session is about to drop is left to it.
    private const string AppendSql =
        """
        WITH added AS (
            INSERT INTO job_audit (key, at, document) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING seq
        ), dropped AS (
            DELETE FROM job_audit WHERE seq IN (SELECT seq FROM job_audit ORDER BY seq LIMIT $4 FOR UPDATE SKIP LOCKED)
                AND (at < $5 OR seq <= (SELECT seq FROM added) - $6)
        )
        SELECT 1
        """;

    public static Task AppendAsync(PostgresReader reader, DateTimeOffset at, string document, AuditBounds keep) => reader.ReadAsync(
        AppendSql,
        _ => true,
        Value(Guid.NewGuid()),
        PostgresQueries.Time(at),
        Value(document),
        Value(AuditBounds.MaxDroppedAtOnce),
        PostgresQueries.Time(keep.NotBefore),
        Value(keep.MaxEntries));

    public static Task<IReadOnlyList<AuditRow>> ReadAsync(PostgresReader reader, long before, int limit) => reader.ReadAsync(
        "SELECT seq, document FROM job_audit WHERE seq < $1 ORDER BY seq DESC LIMIT $2",
        row => new AuditRow(row.GetInt64(0), row.GetString(1)),
        Value(before),
        Value(limit));
}
