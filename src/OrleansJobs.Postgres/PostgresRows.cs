using Npgsql;
using NpgsqlTypes;
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

    /// <summary>The first column after those without the bodies.</summary>
    private const int AfterColumns = 26;

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

    // The database counts from 2000.
    private const long MicrosTo2000 = 946_684_800_000_000;

    public static JobRecord ReadWhole(NpgsqlDataReader row)
    {
        var values = new RowValues();
        var job = Read(row, ref values) with
        {
            Payload = row.GetFieldValue<byte[]>(26),
            Checkpoint = values.Body("checkpoint", Bytes(row, 27), JobLimits.MaxCheckpointBytes),
            Result = values.Body("result", Bytes(row, 28), JobLimits.MaxResultBytes),
            WaitedFor = values.WaitedFor(row.GetInt16(29)),
        };
        return values.Finish(job);
    }

    public static JobRecord ReadLight(NpgsqlDataReader row)
    {
        var values = new RowValues();
        return values.Finish(Read(row, ref values));
    }

    /// <summary>A row of a listing.</summary>
    public static ListedRow ReadListed(NpgsqlDataReader row) => new(ReadLight(row), new ListPosition(MicrosOf(row, 9), new JobId(row.GetGuid(0))));

    /// <summary>A row of a listing that goes by another table, whose time comes after the columns of the job.</summary>
    public static ListedRow ReadListedElsewhere(NpgsqlDataReader row) =>
        new(ReadLight(row), new ListPosition(MicrosOf(row, AfterColumns), new JobId(row.GetGuid(0))));

    /// <summary>A place in a listing of columns that are a time and an id.</summary>
    public static ListPosition ReadPlace(NpgsqlDataReader row) => new(MicrosOf(row, 0), new JobId(row.GetGuid(1)));

    /// <summary>A time as a parameter, as the database has it, given in microseconds since 1970.</summary>
    public static NpgsqlParameter Time(long micros) => new NpgsqlParameter<long>
    {
        TypedValue = micros == long.MaxValue ? micros : micros < long.MinValue + MicrosTo2000 ? long.MinValue : micros - MicrosTo2000,
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
    };

    public static WaitingJob ReadWaiting(NpgsqlDataReader row) => new(
        new JobId(row.GetGuid(0)), row.GetString(1), row.GetInt16(2), row.GetInt32(3), Micros.ToBoundedTime(MicrosOf(row, 4)), (JobState)row.GetInt16(5));

    private static JobRecord Read(NpgsqlDataReader row, ref RowValues values) => new()
    {
        Id = new JobId(row.GetGuid(0)),
        JobClass = row.GetString(1),
        Tenant = row.GetString(2),
        Priority = row.GetInt16(3),
        Cost = row.GetInt32(4),
        UniqueKey = Text(row, 5),
        Tags = values.Tags(Text(row, 6)),
        ContentType = row.GetString(7),
        TraceParent = Text(row, 8),
        SubmittedAt = values.Time("submitted_at", MicrosOf(row, 9)),
        MaxAttempts = row.GetInt32(10),
        Timeout = values.Timeout(row.IsDBNull(11) ? null : row.GetInt64(11)),
        Version = row.GetInt64(12),
        State = (JobState)row.GetInt16(13),
        DueAt = values.Time("due_at", MicrosOf(row, 14)),
        Attempt = values.Count("attempt", row.GetInt32(15)),
        LeaseToken = values.Number("lease_token", row.GetInt64(16), 0, RowValues.MaxToken),
        Silo = Text(row, 17),
        SiloLosses = values.Count("silo_losses", row.GetInt32(18)),
        CancelRequested = row.GetBoolean(19),
        StartedAt = values.Time("started_at", MicrosOrNull(row, 20)),
        FinishedAt = values.Time("finished_at", MicrosOrNull(row, 21)),
        LastBackoff = values.Backoff(row.GetInt64(22)),
        Progress = values.Progress(Text(row, 23)),
        LastError = values.Error(Text(row, 24)),
        Attempts = values.Attempts(Text(row, 25)),
    };

    /// <summary>Microseconds since 1970: as the database keeps them, which is further than times of .NET reach, up to infinity.</summary>
    private static long MicrosOf(NpgsqlDataReader row, int column)
    {
        var since2000 = row.GetFieldValue<long>(column);
        return since2000 > long.MaxValue - MicrosTo2000 ? long.MaxValue : since2000 + MicrosTo2000;
    }

    private static long? MicrosOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : MicrosOf(row, column);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ReadOnlyMemory<byte>? Bytes(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? default(ReadOnlyMemory<byte>?) : row.GetFieldValue<byte[]>(column);
}
