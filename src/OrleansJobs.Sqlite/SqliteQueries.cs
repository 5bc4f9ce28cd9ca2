using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>The reads of the store. Each names the index it goes by, for SQLite knows nothing of how rows are spread.</summary>
internal static class SqliteQueries
{
    private const string WaitingState = "state < 4 AND state <> 2";

    public static JobRecord? Find(SqliteConnection connection, JobId id) =>
        connection.Prepare($"SELECT {SqliteRows.AllColumns} FROM jobs WHERE id = ?").Bind(id).ReadFirst(SqliteRows.ReadWhole);

    public static JobRecord? FindByUniqueKey(SqliteConnection connection, string jobClass, string uniqueKey) =>
        connection.Prepare($"SELECT {SqliteRows.AllColumns} FROM jobs WHERE unique_key = ? AND class = ?")
            .Bind(uniqueKey).Bind(jobClass).ReadFirst(SqliteRows.ReadWhole);

    /// <summary>Hops from tenant to tenant in the index, so that the backlog's length does not matter.</summary>
    public static IReadOnlyList<string> ReadTenants(SqliteConnection connection, string jobClass, string? after, int limit)
    {
        var tenants = new List<string>();
        var next = after is null ? NextTenant(connection, jobClass, ">=", "") : NextTenant(connection, jobClass, ">", after);
        while (next is not null && tenants.Count < limit)
        {
            tenants.Add(next);
            next = NextTenant(connection, jobClass, ">", next);
        }

        return tenants;
    }

    /// <summary>Reads priority by priority, so that jobs which are not due are not gone through.</summary>
    public static IReadOnlyList<WaitingJob> ReadWaiting(
        SqliteConnection connection, string jobClass, string tenant, WaitingJob? after, DateTimeOffset dueBy, int limit)
    {
        var jobs = new List<WaitingJob>();
        var from = after;
        for (var priority = after?.Priority ?? JobLimits.MaxPriority; priority >= JobLimits.MinPriority && jobs.Count < limit; priority--)
        {
            jobs.AddRange(connection.Prepare(
                    $"SELECT {SqliteRows.WaitingColumns} FROM jobs INDEXED BY jobs_waiting WHERE class = ? AND tenant = ? AND priority = ? " +
                    $"AND due_at <= ? AND (due_at, id) > (?, ?) AND {WaitingState} ORDER BY due_at, id LIMIT ?")
                .Bind(jobClass).Bind(tenant).Bind(priority).Bind(Micros.Of(dueBy))
                .Bind(from is null ? long.MinValue : Micros.Of(from.DueAt)).Bind(from?.Id ?? default).Bind(limit - jobs.Count)
                .ReadAll(SqliteRows.ReadWaiting));
            from = null;
        }

        return jobs;
    }

    public static IReadOnlyList<WaitingJob> ReadDue(
        SqliteConnection connection, string jobClass, DateTimeOffset afterDue, JobId? afterId, int limit) =>
        connection.Prepare(
                $"SELECT {SqliteRows.WaitingColumns} FROM jobs INDEXED BY jobs_due WHERE class = ?1 AND (due_at, id) > (?2, ?3) " +
                $"AND (due_at <= ?4 OR ?2 >= ?4) AND {WaitingState} ORDER BY due_at, id LIMIT ?5")
            .Bind(jobClass).Bind(Micros.Of(afterDue)).Bind(afterId ?? Highest).Bind(Micros.Of(StoredTime.Latest)).Bind(limit)
            .ReadAll(SqliteRows.ReadWaiting);

    public static IReadOnlyList<JobRecord> ReadRunning(SqliteConnection connection, string jobClass, JobId? after, int limit) =>
        connection.Prepare(
                $"SELECT {SqliteRows.Columns} FROM jobs INDEXED BY jobs_running WHERE class = ? AND id > ? AND state = 2 ORDER BY id LIMIT ?")
            .Bind(jobClass).Bind(after ?? default).Bind(limit).ReadAll(SqliteRows.ReadLight);

    public static IReadOnlyList<FinishedRecord> ReadFinished(SqliteConnection connection, string jobClass, long after, int limit) =>
        connection.Prepare(
                $"SELECT {SqliteRows.AllColumns}, finished_seq FROM jobs INDEXED BY jobs_results " +
                "WHERE class = ? AND finished_seq > ? AND finished_seq IS NOT NULL ORDER BY finished_seq LIMIT ?")
            .Bind(jobClass).Bind(after).Bind(limit)
            .ReadUpTo(
                JobLimits.MaxPageBytes,
                SqliteRows.Weigh,
                row => new FinishedRecord(row.Long(SqliteRows.AfterAllColumns), SqliteRows.ReadWhole(row)));

    public static IReadOnlyDictionary<string, JobCounts> Count(SqliteConnection connection) =>
        connection.Prepare(
                "SELECT class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled FROM job_counts WHERE typeof(class) = 'text'")
            .ReadAll(row => KeyValuePair.Create(row.Text(0)!, new JobCounts
            {
                Scheduled = row.Long(1),
                Queued = row.Long(2),
                Running = row.Long(3),
                Retrying = row.Long(4),
                Succeeded = row.Long(5),
                DeadLettered = row.Long(6),
                Cancelled = row.Long(7),
            }))
            .ToDictionary(StringComparer.Ordinal);

    private static JobId Highest { get; } = new(Guid.AllBitsSet);

    private static string? NextTenant(SqliteConnection connection, string jobClass, string comparison, string tenant) =>
        connection.Prepare(
                $"SELECT tenant FROM jobs INDEXED BY jobs_waiting WHERE class = ? AND tenant {comparison} ? AND {WaitingState} " +
                "ORDER BY tenant LIMIT 1")
            .Bind(jobClass).Bind(tenant).ReadFirst(row => row.Text(0)!);
}
