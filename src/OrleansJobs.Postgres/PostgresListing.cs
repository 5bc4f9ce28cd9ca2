using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>
/// Lists jobs by any filter, newest first. Looks at the jobs of the narrowest index that goes by time, but at a bounded number of them; what
/// is certainly few is sorted instead.
/// </summary>
internal static class PostgresListing
{
    private const string Waiting = "state < 4 AND state <> 2";

    public static async Task<ListedRecords> ListAsync(
        PostgresReader reader, JobFilter filter, ListPosition? before, int limit, DateTimeOffset now)
    {
        var range = ListRange.Of(filter, before);
        if (await FindFewAsync(reader, filter) is { } few)
        {
            return ListedRow.Part(await SortAsync(reader, few, filter, range, limit, now), limit, null);
        }

        var (table, add) = SourceOf(filter);
        var end = await FindEndAsync(reader, table, add, range, ListingLimits.RowsInPart(filter));
        return ListedRow.Part(await ReadAsync(reader, table, add, filter, range.StartingAt(end), limit, now), limit, end);
    }

    /// <summary>The condition of an index that has all jobs that fit, if those in it are few.</summary>
    private static async Task<Action<PostgresConditions>?> FindFewAsync(PostgresReader reader, JobFilter filter) => filter switch
    {
        { UniqueKey: { } key } => query => query.AddText("unique_key =", key),
        { State: JobState.Running } => query => query.Add("state = 2"),
        { State: { } state, Tag: null, ErrorText: null } when state.IsWaiting() && await AreFewWaitingAsync(reader, filter.JobClass) => query => query.Add(Waiting),
        _ => null,
    };

    /// <summary>The table and the condition of an index that goes by time.</summary>
    private static (string Table, Action<PostgresConditions> Add) SourceOf(JobFilter filter) => filter switch
    {
        { Tag: { } tag } => ("job_tags", query => query.AddText("tag =", tag)),
        { State: JobState.DeadLettered or JobState.Cancelled } => ("jobs", query => query.Add($"state >= 5 AND state = {(int)filter.State}")),
        { ErrorText: not null } => ("jobs", query => query.Add("last_error IS NOT NULL")),
        _ => ("jobs", _ => { }),
    };

    private static Task<IReadOnlyList<ListedRow>> SortAsync(
        PostgresReader reader, Action<PostgresConditions> few, JobFilter filter, ListRange range, int limit, DateTimeOffset now)
    {
        var query = new PostgresConditions();
        few(query);
        query.AddRange(range).AddJobs(filter, now);
        return reader.ReadAsync(
            $"WITH found AS MATERIALIZED (SELECT submitted_at AS at, id AS found FROM jobs WHERE {query.Text}), newest AS MATERIALIZED " +
            $"(SELECT at, found FROM found ORDER BY at DESC, found DESC LIMIT {query.Add(Value(limit))}) " +
            $"SELECT {PostgresRows.Columns} FROM newest JOIN jobs ON id = found ORDER BY at DESC, found DESC",
            PostgresRows.ReadListed,
            query.Values);
    }

    /// <summary>The place of the last job that this part looks at; null if there are fewer.</summary>
    private static async Task<ListPosition?> FindEndAsync(
        PostgresReader reader, string table, Action<PostgresConditions> add, ListRange range, int rows)
    {
        var query = new PostgresConditions().AddRange(range);
        add(query);
        var ends = await reader.ReadInOrderAsync(
            $"SELECT submitted_at, id FROM {table} WHERE {query.Text} ORDER BY submitted_at DESC, id DESC LIMIT 1 OFFSET {query.Add(Value(rows - 1))}",
            PostgresRows.ReadPlace,
            query.Values);
        return ends is [var end] ? end : null;
    }

    private static Task<IReadOnlyList<ListedRow>> ReadAsync(
        PostgresReader reader, string table, Action<PostgresConditions> add, JobFilter filter, ListRange range, int limit, DateTimeOffset now)
    {
        var query = new PostgresConditions().AddRange(range);
        add(query);
        var places = query.Text;
        var jobs = query.Continue().AddJobs(filter, now);
        var rest = jobs.Text;
        var most = jobs.Add(Value(limit));

        // Joined as they stand, the planner may rather go through all jobs and ask for each whether it is in the other table.
        return table == "jobs"
            ? reader.ReadInOrderAsync($"SELECT {PostgresRows.Columns} FROM jobs WHERE {places} AND {rest} ORDER BY submitted_at DESC, id DESC LIMIT {most}", PostgresRows.ReadListed, jobs.Values)
            : reader.ReadAsync(
                $"WITH newest AS MATERIALIZED (SELECT submitted_at AS at, id AS found FROM {table} WHERE {places}) " +
                $"SELECT {PostgresRows.Columns}, at FROM newest CROSS JOIN LATERAL (SELECT * FROM jobs WHERE id = found OFFSET 0) AS jobs " +
                $"WHERE {rest} ORDER BY at DESC, found DESC LIMIT {most}",
                PostgresRows.ReadListedElsewhere,
                jobs.Values);
    }

    private static async Task<bool> AreFewWaitingAsync(PostgresReader reader, string? jobClass)
    {
        var waiting = await reader.ReadAsync(
            "SELECT coalesce(sum(scheduled + queued + retrying), 0)::bigint FROM job_counts_now WHERE $1::text IS NULL OR class = $1",
            row => row.GetInt64(0),
            Value(jobClass));
        return waiting[0] <= ListingLimits.MaxSortedRows;
    }
}
