using System.Text;
using Npgsql;
using OrleansJobs.Storage.Rows;
using static OrleansJobs.Postgres.PostgresReader;

namespace OrleansJobs.Postgres;

/// <summary>The conditions of a listing with their parameters.</summary>
internal sealed class PostgresConditions
{
    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _values = [];

    /// <summary>The conditions for a WHERE; "true" if there are none.</summary>
    public string Text => _text.Length == 0 ? "true" : _text.ToString();

    public NpgsqlParameter[] Values => [.. _values];

    /// <summary>A range of places.</summary>
    public PostgresConditions AddRange(ListRange range)
    {
        AddPlace("<", range.Below);
        AddPlace(">=", range.From);
        return this;
    }

    /// <summary>
    /// What the filter asks of a job beside its place. Written so that no index fits: it is the caller who chooses one, by a condition of its
    /// own, for the planner does not know how many rows may be looked at.
    /// </summary>
    public PostgresConditions AddJobs(JobFilter filter, DateTimeOffset now)
    {
        AddText("class =", filter.JobClass);
        AddText("tenant =", filter.Tenant);
        AddText("unique_key || '' =", filter.UniqueKey);
        AddText("coalesce(tags, '[]') ?", filter.Tag);
        AddState(filter.State, now);
        if (filter.ErrorText is { } text)
        {
            Add($"lower(orleansjobs_error_text(last_error) COLLATE \"C\") LIKE " +
                Add(Value(SearchedText.Anywhere(SearchedText.LowerAscii(text)))));
        }

        return this;
    }

    /// <summary>Further conditions, whose parameters come after these.</summary>
    public PostgresConditions Continue()
    {
        var further = new PostgresConditions();
        further._values.AddRange(_values);
        return further;
    }

    public PostgresConditions Add(string condition)
    {
        _text.Append(_text.Length == 0 ? "" : " AND ").Append(condition);
        return this;
    }

    public PostgresConditions AddText(string comparison, string? text) => text is null ? this : Add($"{comparison} {Add(Value(text))}");

    /// <summary>The place of a parameter.</summary>
    public string Add(NpgsqlParameter value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }

    private void AddPlace(string comparison, ListPosition? place)
    {
        if (place is { } value)
        {
            Add($"(submitted_at, id) {comparison} ({Add(PostgresRows.Time(value.SubmittedAt))}, {Add(Value(value.Id.Value))})");
        }
    }

    private void AddState(JobState? state, DateTimeOffset now)
    {
        switch (state)
        {
            case null:
                break;
            case JobState.Queued:
                Add($"(state + 0 = 1 OR (state + 0 IN (0, 3) AND due_at <= {Add(PostgresQueries.Time(now))}))");
                break;
            case JobState.Scheduled or JobState.Retrying:
                Add($"state + 0 = {(int)state} AND due_at > {Add(PostgresQueries.Time(now))}");
                break;
            default:
                Add($"state + 0 = {(int)state}");
                break;
        }
    }
}
