using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>The audit trail. The places of a kind have no gaps but where entries were dropped, so the last one tells which are beyond its number.</summary>
internal static class SqliteAudit
{
    private const string LastPlaceSql = "(SELECT place FROM job_audit WHERE kind = ?2 ORDER BY seq DESC LIMIT 1)";

    private const string InsertSql = $"INSERT INTO job_audit (at, kind, document, place) VALUES (?1, ?2, ?3, 1 + ifnull({LastPlaceSql}, 0))";

    private const string DropSql =
        "DELETE FROM job_audit WHERE seq IN (SELECT seq FROM job_audit WHERE kind = ?2 ORDER BY seq LIMIT ?1) " +
        $"AND (at < ?3 OR place <= {LastPlaceSql} - ?4)";

    private const string ReadSql = "SELECT seq, document FROM job_audit WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";

    private const string ReadKindSql = "SELECT seq, document FROM job_audit WHERE seq < ?1 AND kind = ?3 ORDER BY seq DESC LIMIT ?2";

    public static void Append(SqliteConnection connection, StoreWrite.Audit write)
    {
        connection.Prepare(InsertSql).Bind(Micros.Of(write.At)).Bind((long)write.Kind).Bind(write.Document).Run();
        foreach (var keep in write.Keep)
        {
            connection.Prepare(DropSql)
                .Bind(AuditBounds.MaxDroppedAtOnce).Bind((long)keep.Kind).Bind(Micros.Of(keep.NotBefore)).Bind(keep.MaxEntries).Run();
        }
    }

    public static IReadOnlyList<AuditRow> Read(SqliteConnection connection, long before, int limit, AuditKind? kind)
    {
        var statement = connection.Prepare(kind is null ? ReadSql : ReadKindSql).Bind(before).Bind(limit);
        return (kind is { } wanted ? statement.Bind((long)wanted) : statement).ReadAll(row => new AuditRow(row.Long(0), row.Text(1)!));
    }
}
