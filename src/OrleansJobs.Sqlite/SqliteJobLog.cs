using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>The lines that jobs have logged.</summary>
internal static class SqliteJobLog
{
    public static void Append(SqliteConnection connection, IReadOnlyList<LoggedLine> lines)
    {
        foreach (var (id, line) in lines)
        {
            connection.Prepare(
                    "INSERT INTO job_log (id, seq, at, attempt, level, text) SELECT ?1, ?2, ?3, ?4, ?5, ?6 " +
                    "WHERE EXISTS (SELECT 1 FROM jobs WHERE id = ?1) ON CONFLICT DO NOTHING")
                .Bind(id).Bind(line.Sequence).Bind(Micros.Of(line.At)).Bind(line.Attempt).Bind((long)line.Level).Bind(StorableText.Clean(line.Text))
                .Run();
        }

        foreach (var last in lines.GroupBy(line => line.JobId).Select(job => job.MaxBy(line => line.Line.Sequence)))
        {
            if (last.KeptFrom > 0)
            {
                connection.Prepare("DELETE FROM job_log WHERE id = ? AND seq < ?").Bind(last.JobId).Bind(last.KeptFrom).Run();
            }
        }
    }

    public static IReadOnlyList<JobLogLine> Read(SqliteConnection connection, JobId id, long after, int limit) =>
        connection.Prepare("SELECT seq, at, attempt, level, text FROM job_log WHERE id = ? AND seq > ? ORDER BY seq LIMIT ?")
            .Bind(id).Bind(after).Bind(limit)
            .ReadAll(row => new JobLogLine(row.Long(0), Micros.ToTime(row.Long(1)), row.Int(2), (LogLevel)row.Int(3), row.Text(4)!));

    public static void Remove(SqliteConnection connection, JobId id) => connection.Prepare("DELETE FROM job_log WHERE id = ?").Bind(id).Run();
}
