using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>The audit trail. The places of a kind tell which entries are beyond its number.</summary>
internal static class PostgresAudit
{
    // What another session is about to drop is left to it.
    private const string AppendSql =
        """
        WITH added AS (
            INSERT INTO job_audit (key, at, kind, document) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING kind, place
        ), keep AS (
            SELECT kind, max_entries, not_before, coalesce(
                (SELECT place FROM added WHERE added.kind = k.kind),
                (SELECT place FROM job_audit a WHERE a.kind = k.kind ORDER BY seq DESC LIMIT 1)) AS last
            FROM unnest($5::smallint[], $6::bigint[], $7::timestamptz[]) AS k (kind, max_entries, not_before)
        ), beyond AS (
            SELECT oldest.seq FROM keep CROSS JOIN LATERAL (
                SELECT seq, at, place FROM job_audit a WHERE a.kind = keep.kind ORDER BY seq LIMIT $8) AS oldest
            WHERE oldest.at < keep.not_before OR oldest.place <= keep.last - keep.max_entries
        ), dropped AS (
            DELETE FROM job_audit WHERE seq IN (SELECT seq FROM job_audit WHERE seq IN (SELECT seq FROM beyond) FOR UPDATE SKIP LOCKED)
        )
        SELECT 1
        """;

    private const string ReadSql = "SELECT seq, document FROM job_audit WHERE seq < $1 ORDER BY seq DESC LIMIT $2";

    private const string ReadKindSql = "SELECT seq, document FROM job_audit WHERE seq < $1 AND kind = $3 ORDER BY seq DESC LIMIT $2";

    public static Task AppendAsync(
        PostgresReader reader, DateTimeOffset at, AuditKind kind, string document, IReadOnlyList<AuditBounds> keep) => reader.ReadAsync(
        AppendSql,
        _ => true,
        Value(Guid.NewGuid()),
        PostgresQueries.Time(at),
        Value((short)kind),
        Value(document),
        Value(keep.Select(one => (short)one.Kind).ToArray()),
        Value(keep.Select(one => one.MaxEntries).ToArray()),
        Value(keep.Select(one => one.NotBefore.UtcDateTime).ToArray()),
        Value(AuditBounds.MaxDroppedAtOnce));

    public static Task<IReadOnlyList<AuditRow>> ReadAsync(PostgresReader reader, long before, int limit, AuditKind? kind) =>
        kind is { } wanted
            ? reader.ReadAsync(ReadKindSql, RowOf, Value(before), Value(limit), Value((short)wanted))
            : reader.ReadAsync(ReadSql, RowOf, Value(before), Value(limit));

    private static AuditRow RowOf(Npgsql.NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1));
}
