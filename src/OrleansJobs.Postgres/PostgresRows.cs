using Npgsql;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Postgres;

/// <summary>How a row becomes a job.</summary>
internal static class PostgresRows
{
    /// <summary>The columns of a job without its bodies, in the order in which they are read.</summary>
    public const string Columns =
        "id, class, tenant, priority, cost, unique_key, tags::text, content_type, trace_parent, submitted_at, max_attempts, timeout_us, " +
        "version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at, finished_at, last_backoff_us, " +
        "progress, last_error, attempts";

    /// <summary>The columns of a whole job. What was added later comes after the bodies, so that reading the others does not go through them.</summary>
    public const string AllColumns = Columns + ", payload, checkpoint, result, waited_for";

    /// <summary>The columns of a waiting job.</summary>
    public const string WaitingColumns = "id, tenant, priority, cost, due_at, state";

    /// <summary>The first column after those of a whole job.</summary>
    public const int AfterAllColumns = 30;

    /// <summary>
    /// What a whole job weighs on a page, in bytes: its errors and its bodies, beside which the rest is little. Sizes are known without
    /// reading what they are the sizes of.
    /// </summary>
    public const string Weight =
        "octet_length(payload) + coalesce(octet_length(checkpoint), 0) + coalesce(octet_length(result), 0) + " +
        "coalesce(octet_length(last_error), 0) + coalesce(octet_length(attempts), 0)";

    /// <summary>The frame of a window: the rows that were read before.</summary>
    public const string RowsBefore = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING";

    public static JobRecord ReadWhole(NpgsqlDataReader row) => ReadLight(row) with
    {
        Payload = row.GetFieldValue<byte[]>(26),
        Checkpoint = Bytes(row, 27),
        Result = Bytes(row, 28),
        WaitedFor = (WaitReason)row.GetInt16(29),
    };

    public static JobRecord ReadLight(NpgsqlDataReader row) => new()
    {
        Id = new JobId(row.GetGuid(0)),
        JobClass = row.GetString(1),
        Tenant = row.GetString(2),
        Priority = row.GetInt16(3),
        Cost = row.GetInt32(4),
        UniqueKey = Text(row, 5),
        Tags = RowJson.ToTags(Text(row, 6)),
        ContentType = row.GetString(7),
        TraceParent = Text(row, 8),
        SubmittedAt = Time(row, 9),
        MaxAttempts = row.GetInt32(10),
        Timeout = row.IsDBNull(11) ? null : Micros.ToPeriod(row.GetInt64(11)),
        Version = row.GetInt64(12),
        State = (JobState)row.GetInt16(13),
        DueAt = Time(row, 14),
        Attempt = row.GetInt32(15),
        LeaseToken = row.GetInt64(16),
        Silo = Text(row, 17),
        SiloLosses = row.GetInt32(18),
        CancelRequested = row.GetBoolean(19),
        StartedAt = row.IsDBNull(20) ? null : Time(row, 20),
        FinishedAt = row.IsDBNull(21) ? null : Time(row, 21),
        LastBackoff = Micros.ToPeriod(row.GetInt64(22)),
        Progress = RowJson.ToProgress(Text(row, 23)),
        LastError = RowJson.ToError(Text(row, 24)),
        Attempts = RowJson.ToAttempts(Text(row, 25)),
    };

    public static WaitingJob ReadWaiting(NpgsqlDataReader row) => new(
        new JobId(row.GetGuid(0)), row.GetString(1), row.GetInt16(2), row.GetInt32(3), Time(row, 4), (JobState)row.GetInt16(5));

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => new(row.GetDateTime(column));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ReadOnlyMemory<byte>? Bytes(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(column);
}
