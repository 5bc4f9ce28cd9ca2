using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>The audit trail.</summary>
internal static class SqliteAudit
{
    public static void Append(SqliteConnection connection, StoreWrite.Audit write)
    {
        connection.Prepare("INSERT INTO job_audit (at, document) VALUES (?, ?)").Bind(Micros.Of(write.At)).Bind(write.Document).Run();
        connection.Prepare(
                "DELETE FROM job_audit WHERE seq IN (SELECT seq FROM job_audit ORDER BY seq LIMIT ?) " +
                "AND (at < ? OR seq <= (SELECT max(seq) FROM job_audit) - ?)")
            .Bind(AuditBounds.MaxDroppedAtOnce).Bind(Micros.Of(write.Keep.NotBefore)).Bind(write.Keep.MaxEntries).Run();
    }

    public static IReadOnlyList<AuditRow> Read(SqliteConnection connection, long before, int limit) =>
        connection.Prepare("SELECT seq, document FROM job_audit WHERE seq < ? ORDER BY seq DESC LIMIT ?").Bind(before).Bind(limit)
            .ReadAll(row => new AuditRow(row.Long(0), row.Text(1)!));
}
