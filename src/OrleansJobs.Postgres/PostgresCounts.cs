namespace OrleansJobs.Postgres;

/// <summary>Reads the counts: the newest sum, with what commits and rows of other programs have changed since.</summary>
internal static class PostgresCounts
{
    /// <summary>Changes that may be summed up with each reading before they are made a sum.</summary>
    public const long MaxChanges = 1_000;

    private const string CountSql =
        "SELECT class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled, changes FROM job_counts_now";

    /// <summary>The counts of each class, and how many changes were summed up for them.</summary>
    public static async Task<(IReadOnlyDictionary<string, JobCounts> Counts, long Changes)> ReadAsync(PostgresReader reader)
    {
        var rows = await reader.ReadAsync(CountSql, row => (Class: row.GetString(0), Changes: row.GetInt64(8), Counts: new JobCounts
        {
            Scheduled = row.GetInt64(1),
            Queued = row.GetInt64(2),
            Running = row.GetInt64(3),
            Retrying = row.GetInt64(4),
            Succeeded = row.GetInt64(5),
            DeadLettered = row.GetInt64(6),
            Cancelled = row.GetInt64(7),
        }));
        return (rows.ToDictionary(row => row.Class, row => row.Counts, StringComparer.Ordinal), rows.Sum(row => row.Changes));
    }
}
