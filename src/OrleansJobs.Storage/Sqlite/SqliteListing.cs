using System.Text;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Storage.Sqlite;

/// <summary>Lists jobs by any filter, newest first. Chooses the index by the filter and by the counts.</summary>
internal static class SqliteListing
{
    /// <summary>Up to so many waiting jobs are sorted by id; beyond, the newest of all jobs are gone through until the page is full.</summary>
    private const long MaxSortedJobs = 20_000;

    public static IReadOnlyList<JobRecord> List(SqliteConnection connection, JobFilter filter, JobId? before, int limit, DateTimeOffset now)
    {
        var conditions = new Conditions();
        conditions.Add("id < ?", before, (statement, id) => statement.Bind(id));
        conditions.Add("id >= ?", LowestId(filter.SubmittedFrom), (statement, id) => statement.Bind(id));
        conditions.Add("id < ?", LowestId(filter.SubmittedBefore), (statement, id) => statement.Bind(id));
        conditions.AddText("class = ?", filter.JobClass);
        conditions.AddText("tenant = ?", filter.Tenant);
        conditions.AddText("unique_key = ?", filter.UniqueKey);
        conditions.AddText("id IN (SELECT id FROM job_tags WHERE tag = ?)", filter.Tag);
        AddState(conditions, filter.State, now);

        var statement = connection.Prepare(
            $"SELECT {SqliteRows.Columns} FROM jobs {IndexFor(connection, filter)} {conditions.Where} ORDER BY id DESC LIMIT ?");
        conditions.Bind(statement);
        return statement.Bind(limit).ReadAll(SqliteRows.ReadLight);
    }

    private static JobId? LowestId(DateTimeOffset? time) => time is { } value ? IdTime.Lowest(value) : null;

    private static void AddState(Conditions conditions, JobState? state, DateTimeOffset now)
    {
        var micros = Micros.Of(now);
        switch (state)
        {
            case null:
                break;
            case JobState.Queued:
                conditions.Add("state < 4 AND state <> 2 AND (state = 1 OR due_at <= ?)", micros);
                break;
            case JobState.Scheduled or JobState.Retrying:
                conditions.Add($"state < 4 AND state <> 2 AND state = {(int)state} AND due_at > ?", micros);
                break;
            default:
                conditions.Add(state >= JobState.DeadLettered ? $"state >= 5 AND state = {(int)state}" : $"state = {(int)state}");
                break;
        }
    }

    private static string IndexFor(SqliteConnection connection, JobFilter filter) => filter switch
    {
        { UniqueKey: not null } => "INDEXED BY jobs_unique",
        { Tag: not null } => "",
        { State: JobState.Running } => "INDEXED BY jobs_running",
        { State: JobState.DeadLettered or JobState.Cancelled } => "INDEXED BY jobs_failed",
        { State: { } state } when state.IsWaiting() && CountWaiting(connection, filter.JobClass) <= MaxSortedJobs => "INDEXED BY jobs_due",
        { JobClass: not null } => "INDEXED BY jobs_class",
        _ => "NOT INDEXED",
    };

    private static long CountWaiting(SqliteConnection connection, string? jobClass)
    {
        var statement = connection.Prepare("SELECT sum(scheduled + queued + retrying) FROM job_counts WHERE ?1 IS NULL OR class = ?1");
        statement.Bind(jobClass);
        var count = statement.Step() ? statement.Long(0) : 0;
        statement.Reset();
        return count;
    }

    private sealed class Conditions
    {
        private readonly StringBuilder _where = new();
        private readonly List<Action<SqliteStatement>> _values = [];

        public string Where => _where.ToString();

        public void Add(string condition) => _where.Append(_where.Length == 0 ? "WHERE " : " AND ").Append(condition);

        public void Add(string condition, long value)
        {
            Add(condition);
            _values.Add(statement => statement.Bind(value));
        }

        public void Add(string condition, JobId? id, Action<SqliteStatement, JobId> bind)
        {
            if (id is { } value)
            {
                Add(condition);
                _values.Add(statement => bind(statement, value));
            }
        }

        public void AddText(string condition, string? text)
        {
            if (text is not null)
            {
                Add(condition);
                _values.Add(statement => statement.Bind(text));
            }
        }

        public void Bind(SqliteStatement statement) => _values.ForEach(bind => bind(statement));
    }
}
