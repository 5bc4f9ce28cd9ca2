using System.Text;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>Conditions with their values, in order.</summary>
internal sealed class SqliteConditions
{
    private readonly StringBuilder _text = new();
    private readonly List<Action<SqliteStatement>> _values = [];

    /// <summary>The conditions for a WHERE; "1" if there are none.</summary>
    public string Text => _text.Length == 0 ? "1" : _text.ToString();

    /// <summary>A range of places.</summary>
    public static SqliteConditions OfRange(ListRange range) => new SqliteConditions().AddPlace("<", range.Below).AddPlace(">=", range.From);

    /// <summary>What the filter asks of a row of <c>jobs</c> beside its place.</summary>
    public static SqliteConditions OfJobs(JobFilter filter, DateTimeOffset now) => OfWaiting(filter, now)
        .AddText("unique_key = ?", filter.UniqueKey)
        .AddText("EXISTS (SELECT 1 FROM job_tags WHERE tag = ? AND job_tags.submitted_at = jobs.submitted_at AND job_tags.id = jobs.id)", filter.Tag)
        .AddText(
            "last_error IS NOT NULL AND CASE WHEN json_valid(last_error) THEN last_error ->> '$.type' || char(10) || (last_error ->> '$.message') " +
            "ELSE last_error END LIKE ? ESCAPE '\\'",
            filter.ErrorText is { } text ? SearchedText.Anywhere(text) : null);

    /// <summary>What the filter asks that the index of waiting jobs knows.</summary>
    public static SqliteConditions OfWaiting(JobFilter filter, DateTimeOffset now) => new SqliteConditions()
        .AddText("class = ?", filter.JobClass)
        .AddText("tenant = ?", filter.Tenant)
        .AddState(filter.State, Micros.Of(now));

    public SqliteConditions Add(string condition)
    {
        _text.Append(_text.Length == 0 ? "" : " AND ").Append(condition);
        return this;
    }

    public SqliteConditions AddText(string condition, string? text)
    {
        if (text is not null)
        {
            Add(condition);
            _values.Add(statement => statement.Bind(text));
        }

        return this;
    }

    public SqliteConditions Add(SqliteConditions others)
    {
        Add(others.Text);
        _values.AddRange(others._values);
        return this;
    }

    public SqliteStatement Bind(SqliteStatement statement)
    {
        _values.ForEach(bind => bind(statement));
        return statement;
    }

    private SqliteConditions AddPlace(string comparison, ListPosition? place)
    {
        if (place is { } value)
        {
            Add($"(submitted_at, id) {comparison} (?, ?)");
            _values.Add(statement => statement.Bind(value.SubmittedAt).Bind(value.Id));
        }

        return this;
    }

    private SqliteConditions AddState(JobState? state, long now)
    {
        switch (state)
        {
            case null:
                return this;
            case JobState.Queued:
                Add("state < 4 AND state <> 2 AND (state = 1 OR due_at <= ?)");
                break;
            case JobState.Scheduled or JobState.Retrying:
                Add($"state < 4 AND state <> 2 AND state = {(int)state} AND due_at > ?");
                break;
            default:
                return Add(state >= JobState.DeadLettered ? $"state >= 5 AND state = {(int)state}" : $"state = {(int)state}");
        }

        _values.Add(statement => statement.Bind(now));
        return this;
    }
}
