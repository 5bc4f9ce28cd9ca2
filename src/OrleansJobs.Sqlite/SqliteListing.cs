using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>
/// Lists jobs by any filter, newest first. Looks at the jobs of the narrowest index that goes by time, but at a bounded number of them; what
/// is certainly few is sorted instead.
/// </summary>
internal static class SqliteListing
{
    private const string Waiting = "state < 4 AND state <> 2";

    public static ListedRecords List(SqliteConnection connection, JobFilter filter, ListPosition? before, int limit, DateTimeOffset now)
    {
        var range = ListRange.Of(filter, before);
        if (AreFewWaiting(connection, filter))
        {
            return ListedRow.Part(ReadWaiting(connection, filter, range, limit, now), limit, null);
        }

        var source = SourceOf(filter);
        var end = source.IsBounded ? FindEnd(connection, source, range, ListingLimits.RowsInPart(filter)) : null;
        return ListedRow.Part(Read(connection, source, filter, range.StartingAt(end), limit, now), limit, end);
    }

    private static Source SourceOf(JobFilter filter) => filter switch
    {
        { UniqueKey: not null } => new("jobs INDEXED BY jobs_unique", new()) { IsBounded = false },
        { State: JobState.Running } => new("jobs INDEXED BY jobs_running", new()) { IsBounded = false },
        { Tag: { } tag } => new("job_tags", new SqliteConditions().AddText("tag = ?", tag)),
        { State: JobState.DeadLettered or JobState.Cancelled } =>
            new("jobs INDEXED BY jobs_failed", new SqliteConditions().Add($"state >= 5 AND state = {(int)filter.State}")),
        { ErrorText: not null } => new("jobs INDEXED BY jobs_errors", new SqliteConditions().Add("last_error IS NOT NULL")),
        { JobClass: { } jobClass } => new("jobs INDEXED BY jobs_class", new SqliteConditions().AddText("class = ?", jobClass)),
        _ => new("jobs INDEXED BY jobs_submitted", new()),
    };

    /// <summary>The place of the last job that the page looks at; null if there are fewer.</summary>
    private static ListPosition? FindEnd(SqliteConnection connection, Source source, ListRange range, int rows)
    {
        var places = SqliteConditions.OfRange(range).Add(source.Conditions);
        var statement = connection.Prepare(
            $"SELECT submitted_at, id FROM {source.Table} WHERE {places.Text} ORDER BY submitted_at DESC, id DESC LIMIT 1 OFFSET ?");
        places.Bind(statement).Bind(rows - 1);
        ListPosition? end = statement.Step() ? new ListPosition(statement.Long(0), statement.Id(1)) : null;
        statement.Reset();
        return end;
    }

    private static List<ListedRow> Read(
        SqliteConnection connection, Source source, JobFilter filter, ListRange range, int limit, DateTimeOffset now)
    {
        var places = SqliteConditions.OfRange(range).Add(source.Conditions);
        var jobs = SqliteConditions.OfJobs(filter, now);
        var rows = source.IsOfJobs
            ? $"{source.Table} WHERE {places.Text} AND {jobs.Text} ORDER BY submitted_at DESC, id DESC"
            : $"(SELECT submitted_at AS at, id AS found FROM {source.Table} WHERE {places.Text}) CROSS JOIN jobs ON jobs.id = found " +
                $"WHERE {jobs.Text} ORDER BY at DESC, found DESC";
        var statement = connection.Prepare($"SELECT {SqliteRows.Columns} FROM {rows} LIMIT ?");
        return jobs.Bind(places.Bind(statement)).Bind(limit).ReadAll(SqliteRows.ReadListed);
    }

    private static List<ListedRow> ReadWaiting(SqliteConnection connection, JobFilter filter, ListRange range, int limit, DateTimeOffset now)
    {
        var waiting = SqliteConditions.OfRange(range).Add(SqliteConditions.OfWaiting(filter, now));
        var statement = connection.Prepare(
            $"SELECT {SqliteRows.Columns} FROM (SELECT submitted_at AS at, id AS found FROM jobs INDEXED BY jobs_waiting WHERE {waiting.Text} " +
            "ORDER BY submitted_at DESC, id DESC LIMIT ?) CROSS JOIN jobs ON jobs.id = found ORDER BY at DESC, found DESC");
        return waiting.Bind(statement).Bind(limit).ReadAll(SqliteRows.ReadListed);
    }

    /// <summary>Whether waiting jobs are asked for, and there are so few that they can be sorted by time.</summary>
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

    /// <summary>An index that goes by time once its conditions are met.</summary>
    private sealed record Source(string Table, SqliteConditions Conditions)
    {
        /// <summary>Whether it may have so many jobs that only a part of them can be looked at.</summary>
        public bool IsBounded { get; init; } = true;

        public bool IsOfJobs => Table.StartsWith("jobs ", StringComparison.Ordinal);
    }
}
