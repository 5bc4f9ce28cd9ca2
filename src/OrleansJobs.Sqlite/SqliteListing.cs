using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>
/// Lists jobs by any filter, newest first. Looks at the jobs of the narrowest index that goes by id, but at a bounded number of them; what
/// is certainly few is sorted instead.
/// </summary>
internal static class SqliteListing
{
    private const string Waiting = "state < 4 AND state <> 2";

    public static ListedRecords List(SqliteConnection connection, JobFilter filter, JobId? before, int limit, DateTimeOffset now)
    {
        var ids = IdRange.Of(filter, before);
        if (AreFewWaiting(connection, filter))
        {
            return Page(ReadWaiting(connection, filter, ids, limit, now), limit, null);
        }

        var source = SourceOf(filter);
        var end = source.IsBounded ? FindEnd(connection, source, ids, ListingLimits.RowsInPart(filter)) : null;
        return Page(Read(connection, source, filter, ids.StartingAt(end), limit, now), limit, end);
    }

    private static ListedRecords Page(List<JobRecord> jobs, int limit, JobId? end) =>
        new(jobs, jobs.Count == limit ? jobs[^1].Id : end);

    private static Source SourceOf(JobFilter filter) => filter switch
    {
        { UniqueKey: not null } => new("jobs INDEXED BY jobs_unique", new()) { IsBounded = false },
        { State: JobState.Running } => new("jobs INDEXED BY jobs_running", new()) { IsBounded = false },
        { Tag: { } tag } => new("job_tags", new SqliteConditions().AddText("tag = ?", tag)),
        { State: JobState.DeadLettered or JobState.Cancelled } =>
            new("jobs INDEXED BY jobs_failed", new SqliteConditions().Add($"state >= 5 AND state = {(int)filter.State}")),
        { ErrorText: not null } => new("jobs INDEXED BY jobs_errors", new SqliteConditions().Add("last_error IS NOT NULL")),
        { JobClass: { } jobClass } => new("jobs INDEXED BY jobs_class", new SqliteConditions().AddText("class = ?", jobClass)),
        _ => new("jobs NOT INDEXED", new()),
    };

    /// <summary>The id of the last job that the page looks at; null if there are fewer.</summary>
    private static JobId? FindEnd(SqliteConnection connection, Source source, IdRange ids, int rows)
    {
        var range = SqliteConditions.OfIds(ids).Add(source.Conditions);
        var statement = connection.Prepare($"SELECT id FROM {source.Table} WHERE {range.Text} ORDER BY id DESC LIMIT 1 OFFSET ?");
        range.Bind(statement).Bind(rows - 1);
        JobId? end = statement.Step() ? statement.Id(0) : null;
        statement.Reset();
        return end;
    }

    private static List<JobRecord> Read(
        SqliteConnection connection, Source source, JobFilter filter, IdRange ids, int limit, DateTimeOffset now)
    {
        var range = SqliteConditions.OfIds(ids).Add(source.Conditions);
        var jobs = SqliteConditions.OfJobs(filter, now);
        var rows = source.IsOfJobs
            ? $"{source.Table} WHERE {range.Text} AND {jobs.Text} ORDER BY id DESC"
            : $"(SELECT id AS found FROM {source.Table} WHERE {range.Text}) CROSS JOIN jobs ON jobs.id = found WHERE {jobs.Text} ORDER BY found DESC";
        var statement = connection.Prepare($"SELECT {SqliteRows.Columns} FROM {rows} LIMIT ?");
        return jobs.Bind(range.Bind(statement)).Bind(limit).ReadAll(SqliteRows.ReadLight);
    }

    private static List<JobRecord> ReadWaiting(SqliteConnection connection, JobFilter filter, IdRange ids, int limit, DateTimeOffset now)
    {
        var waiting = SqliteConditions.OfIds(ids).Add(SqliteConditions.OfWaiting(filter, now));
        var statement = connection.Prepare(
            $"SELECT {SqliteRows.Columns} FROM (SELECT id AS found FROM jobs INDEXED BY jobs_waiting WHERE {waiting.Text} ORDER BY id DESC LIMIT ?) " +
            "CROSS JOIN jobs ON jobs.id = found ORDER BY found DESC");
        return waiting.Bind(statement).Bind(limit).ReadAll(SqliteRows.ReadLight);
    }

    /// <summary>Whether waiting jobs are asked for, and there are so few that they can be sorted by id.</summary>
    private static bool AreFewWaiting(SqliteConnection connection, JobFilter filter) =>
        filter is { State: { } state, UniqueKey: null, Tag: null, ErrorText: null } && state.IsWaiting()
        && CountWaiting(connection, filter) <= ListingLimits.MaxSortedRows;

    private static long CountWaiting(SqliteConnection connection, JobFilter filter)
    {
        var statement = filter is { JobClass: not null, Tenant: not null }
            ? connection.Prepare(
                $"SELECT count(*) FROM (SELECT 1 FROM jobs INDEXED BY jobs_waiting WHERE class = ? AND tenant = ? AND {Waiting} LIMIT ?)")
                .Bind(filter.JobClass).Bind(filter.Tenant).Bind(ListingLimits.MaxSortedRows + 1)
            : connection.Prepare("SELECT sum(scheduled + queued + retrying) FROM job_counts WHERE ?1 IS NULL OR class = ?1").Bind(filter.JobClass);
        var count = statement.Step() ? statement.Long(0) : 0;
        statement.Reset();
        return count;
    }

    /// <summary>An index that goes by id once its conditions are met.</summary>
    private sealed record Source(string Table, SqliteConditions Conditions)
    {
        /// <summary>Whether it may have so many jobs that only a part of them can be looked at.</summary>
        public bool IsBounded { get; init; } = true;

        public bool IsOfJobs => Table.StartsWith("jobs ", StringComparison.Ordinal);
    }
}
