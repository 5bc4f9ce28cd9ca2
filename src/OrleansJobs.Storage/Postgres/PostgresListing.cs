using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;
using static OrleansJobs.Storage.Postgres.PostgresReader;

namespace OrleansJobs.Storage.Postgres;

/// <summary>Lists jobs by any filter, newest first. The planner chooses the index; conditions are written so that the partial ones fit.</summary>
internal sealed class PostgresListing
{
    private readonly List<string> _conditions = [];
    private readonly List<NpgsqlParameter> _values = [];

    private PostgresListing()
    {
    }

    public static Task<IReadOnlyList<JobRecord>> ListAsync(
        PostgresReader reader, JobFilter filter, JobId? before, int limit, DateTimeOffset now)
    {
        var listing = new PostgresListing();
        listing.AddId("<", before);
        listing.AddId(">=", filter.SubmittedFrom is { } from ? IdTime.Lowest(from) : null);
        listing.AddId("<", filter.SubmittedBefore is { } to ? IdTime.Lowest(to) : null);
        listing.AddText("class =", filter.JobClass);
        listing.AddText("tenant =", filter.Tenant);
        listing.AddText("unique_key =", filter.UniqueKey);
        listing.AddText("tags ?", filter.Tag);
        listing.AddState(filter.State, now);
        var where = listing._conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", listing._conditions);
        return reader.ReadAsync(
            $"SELECT {PostgresRows.Columns} FROM jobs {where} ORDER BY id DESC LIMIT {listing.Add(Value(limit))}",
            PostgresRows.ReadLight,
            [.. listing._values]);
    }

    private void AddId(string comparison, JobId? id)
    {
        if (id is { } value)
        {
            _conditions.Add($"id {comparison} {Add(Value(value.Value))}");
        }
    }

    private void AddText(string comparison, string? text)
    {
        if (text is not null)
        {
            _conditions.Add($"{comparison} {Add(Value(text))}");
        }
    }

    private void AddState(JobState? state, DateTimeOffset now)
    {
        switch (state)
        {
            case null:
                break;
            case JobState.Queued:
                _conditions.Add($"state < 4 AND state <> 2 AND (state = 1 OR due_at <= {Add(PostgresQueries.Time(now))})");
                break;
            case JobState.Scheduled or JobState.Retrying:
                _conditions.Add($"state < 4 AND state <> 2 AND state = {(int)state} AND due_at > {Add(PostgresQueries.Time(now))}");
                break;
            case JobState.DeadLettered or JobState.Cancelled:
                _conditions.Add($"state >= 5 AND state = {(int)state}");
                break;
            default:
                _conditions.Add($"state = {(int)state}");
                break;
        }
    }

    private string Add(NpgsqlParameter value)
    {
        _values.Add(value);
        return $"${_values.Count}";
    }
}
