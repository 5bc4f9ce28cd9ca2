using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>
/// Lists jobs by any filter, newest first. Looks at the jobs of the narrowest index that goes by id, but at a bounded number of them; what
/// is certainly few is sorted instead.
/// </summary>
internal static class PostgresListing
{
    private const string Waiting = "state < 4 AND state <> 2";

    public static async Task<ListedRecords> ListAsync(
        PostgresReader reader, JobFilter filter, JobId? before, int limit, DateTimeOffset now)
    {
        var ids = IdRange.Of(filter, before);
        if (await FindFewAsync(reader, filter) is { } few)
        {
            return Page(await SortAsync(reader, few, filter, ids, limit, now), limit, null);
        }

        var (table, add) = SourceOf(filter);
        var end = await FindEndAsync(reader, table, add, ids, ListingLimits.RowsInPart(filter));
        return Page(await ReadAsync(reader, table, add, filter, ids.StartingAt(end), limit, now), limit, end);
    }

    private static ListedRecords Page(IReadOnlyList<JobRecord> jobs, int limit, JobId? end) =>
        new(jobs, jobs.Count == limit ? jobs[^1].Id : end);

    /// <summary>The condition of an index that has all jobs that fit, if those in it are few.</summary>
    private static async Task<Action<PostgresConditions>?> FindFewAsync(PostgresReader reader, JobFilter filter) => filter switch
    {
        { UniqueKey: { } key } => query => query.AddText("unique_key =", key),
        { State: JobState.Running } => query => query.Add("state = 2"),
        { State: { } state, Tag: null, ErrorText: null } when state.IsWaiting() && await AreFewWaitingAsync(reader, filter.JobClass) => query => query.Add(Waiting),
        _ => null,
    };

    /// <summary>The table and the condition of an index that goes by id.</summary>
    private static (string Table, Action<PostgresConditions> Add) SourceOf(JobFilter filter) => filter switch
    {
        { Tag: { } tag } => ("job_tags", query => query.AddText("tag =", tag)),
        { State: JobState.DeadLettered or JobState.Cancelled } => ("jobs", query => query.Add($"state >= 5 AND state = {(int)filter.State}")),
        { ErrorText: not null } => ("jobs", query => query.Add("last_error IS NOT NULL")),
        _ => ("jobs", _ => { }),
    };

    private static Task<IReadOnlyList<JobRecord>> SortAsync(
        PostgresReader reader, Action<PostgresConditions> few, JobFilter filter, IdRange ids, int limit, DateTimeOffset now)
    {
        var query = new PostgresConditions();
        few(query);
        query.AddIds(ids).AddJobs(filter, now);
        return reader.ReadAsync(
            $"WITH found AS MATERIALIZED (SELECT id AS found FROM jobs WHERE {query.Text}), newest AS MATERIALIZED " +
            $"(SELECT found FROM found ORDER BY found DESC LIMIT {query.Add(Value(limit))}) " +
            $"SELECT {PostgresRows.Columns} FROM newest JOIN jobs ON id = found ORDER BY found DESC",
            PostgresRows.ReadLight,
            query.Values);
    }

    /// <summary>The id of the last job that this part looks at; null if there are fewer.</summary>
    private static async Task<JobId?> FindEndAsync(
        PostgresReader reader, string table, Action<PostgresConditions> add, IdRange ids, int rows)
    {
        var query = new PostgresConditions().AddIds(ids);
        add(query);
        var ends = await reader.ReadInOrderAsync(
            $"SELECT id FROM {table} WHERE {query.Text} ORDER BY id DESC LIMIT 1 OFFSET {query.Add(Value(rows - 1))}",
            row => row.GetGuid(0),
            query.Values);
        return ends is [var end] ? new JobId(end) : null;
    }

    private static Task<IReadOnlyList<JobRecord>> ReadAsync(
        PostgresReader reader, string table, Action<PostgresConditions> add, JobFilter filter, IdRange ids, int limit, DateTimeOffset now)
    {
        var query = new PostgresConditions().AddIds(ids);
        add(query);
        var range = query.Text;
        var jobs = query.Continue().AddJobs(filter, now);
        var rest = $"{jobs.Text} ORDER BY id DESC LIMIT {jobs.Add(Value(limit))}";

        // Joined as they stand, the planner may rather go through all jobs and ask for each whether it is in the other table.
        return table == "jobs"
            ? reader.ReadInOrderAsync($"SELECT {PostgresRows.Columns} FROM jobs WHERE {range} AND {rest}", PostgresRows.ReadLight, jobs.Values)
            : reader.ReadAsync(
                $"WITH newest AS MATERIALIZED (SELECT id AS found FROM {table} WHERE {range}) " +
                $"SELECT {PostgresRows.Columns} FROM newest CROSS JOIN LATERAL (SELECT * FROM jobs WHERE id = found OFFSET 0) AS jobs WHERE {rest}",
                PostgresRows.ReadLight,
                jobs.Values);
    }

    private static async Task<bool> AreFewWaitingAsync(PostgresReader reader, string? jobClass)
    {
        var waiting = await reader.ReadAsync(
            "SELECT coalesce(sum(scheduled + queued + retrying), 0)::bigint FROM job_counts WHERE $1::text IS NULL OR class = $1",
            row => row.GetInt64(0),
            Value(jobClass));
        return waiting[0] <= ListingLimits.MaxSortedRows;
    }
}
