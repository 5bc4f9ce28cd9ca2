using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Sqlite;

/// <summary>How a job becomes a row and a row a job.</summary>
internal static class SqliteRows
{
    /// <summary>The columns of a job without its bodies, in the order in which they are read.</summary>
    public const string Columns =
        "id, class, tenant, priority, cost, unique_key, tags, content_type, trace_parent, submitted_at, max_attempts, timeout_us, " +
        "version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at, finished_at, last_backoff_us, " +
        "progress, last_error, attempts";

    /// <summary>The columns of a whole job. What was added later comes after the bodies, so that reading the others does not go through them.</summary>
    public const string AllColumns = Columns + ", payload, checkpoint, result, waited_for";

    /// <summary>The columns of a waiting job.</summary>
    public const string WaitingColumns = "id, tenant, priority, cost, due_at, state";

    /// <summary>The first column after those of a whole job.</summary>
    public const int AfterAllColumns = 30;

    public const string InsertSql =
        $"INSERT INTO jobs ({AllColumns}, finished_seq, counted) " +
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1) ON CONFLICT DO NOTHING";

    /// <summary>A change of a job that has not ended and does not end by it: the indexes of ended jobs are left alone.</summary>
    public const string UpdateOpenSql =
        $"UPDATE jobs SET {OpenAssignments} WHERE id=? AND version=? AND finished_at IS NULL AND finished_seq IS NULL";

    public const string UpdateSql =
        $"UPDATE jobs SET {OpenAssignments}, finished_at=?, finished_seq=CASE ? WHEN 1 THEN finished_seq ELSE ? END WHERE id=? AND version=?";

    private const string OpenAssignments =
        "version=?, state=?, due_at=?, attempt=?, lease_token=?, silo=?, silo_losses=?, cancel_requested=?, started_at=?, " +
        "last_backoff_us=?, progress=?, last_error=?, attempts=?, checkpoint=?, result=?, waited_for=?";

    public static void BindInsert(SqliteStatement statement, JobRecord job, long? finishedSequence) => statement
        .Bind(job.Id).Bind(job.JobClass).Bind(job.Tenant).Bind(job.Priority).Bind(job.Cost).Bind(job.UniqueKey)
        .Bind(RowJson.Tags(job.Tags)).Bind(job.ContentType).Bind(job.TraceParent).Bind(Micros.Of(job.SubmittedAt))
        .Bind(job.MaxAttempts).Bind(Micros.Of(job.Timeout)).Bind(job.Version).Bind((long)job.State).Bind(Micros.Of(job.DueAt))
        .Bind(job.Attempt).Bind(job.LeaseToken).Bind(job.Silo).Bind(job.SiloLosses).Bind(job.CancelRequested)
        .Bind(Micros.Of(job.StartedAt)).Bind(Micros.Of(job.FinishedAt)).Bind(Micros.Of(job.LastBackoff))
        .Bind(RowJson.Progress(job.Progress)).Bind(RowJson.Error(job.LastError)).Bind(RowJson.Attempts(job.Attempts))
        .Bind((ReadOnlyMemory<byte>?)job.Payload).Bind(job.Checkpoint).Bind(job.Result).Bind((long)job.WaitedFor).Bind(finishedSequence);

    public static void BindUpdateOpen(SqliteStatement statement, JobRecord next) =>
        BindAssignments(statement, next).Bind(next.Id).Bind(next.Version - 1);

    public static void BindUpdate(SqliteStatement statement, JobRecord next, bool keepsPlace, long? finishedSequence) =>
        BindAssignments(statement, next)
            .Bind(Micros.Of(next.FinishedAt)).Bind(keepsPlace).Bind(finishedSequence).Bind(next.Id).Bind(next.Version - 1);

    public static JobRecord ReadWhole(SqliteStatement row)
    {
        var values = new RowValues();
        var job = Read(row, ref values) with
        {
            Payload = row.Bytes(26),
            Checkpoint = values.Body("checkpoint", row.BytesOrNull(27), JobLimits.MaxCheckpointBytes),
            Result = values.Body("result", row.BytesOrNull(28), JobLimits.MaxResultBytes),
            WaitedFor = values.WaitedFor(Number(row, 29, "waited_for", ref values)),
        };
        return values.Finish(job);
    }

    public static JobRecord ReadLight(SqliteStatement row)
    {
        var values = new RowValues();
        return values.Finish(Read(row, ref values));
    }

    /// <summary>What a whole job weighs on a page, in bytes: its errors and its bodies, beside which the rest is little.</summary>
    public static long Weigh(SqliteStatement row) => row.Size(24) + row.Size(25) + row.Size(26) + row.Size(27) + row.Size(28);

    /// <summary>A row of a listing.</summary>
    public static ListedRow ReadListed(SqliteStatement row) => new(ReadLight(row), new ListPosition(row.Long(9), row.Id(0)));

    public static WaitingJob ReadWaiting(SqliteStatement row) =>
        new(row.Id(0), row.Text(1)!, row.Int(2), row.Int(3), Micros.ToBoundedTime(row.IsText(4) ? long.MaxValue : row.Long(4)), (JobState)row.Int(5));

    private static JobRecord Read(SqliteStatement row, ref RowValues values) => new()
    {
        Id = row.Id(0),
        JobClass = row.Text(1)!,
        Tenant = row.Text(2)!,
        Priority = (int)Number(row, 3, "priority", ref values),
        Cost = (int)Number(row, 4, "cost", ref values),
        UniqueKey = row.Text(5),
        Tags = values.Tags(row.Text(6)),
        ContentType = row.Text(7)!,
        TraceParent = row.Text(8),
        SubmittedAt = values.Time("submitted_at", Number(row, 9, "submitted_at", ref values)),
        MaxAttempts = (int)Number(row, 10, "max_attempts", ref values),
        Timeout = values.Timeout(NumberOrNull(row, 11, "timeout_us", ref values)),
        Version = row.Long(12),
        State = (JobState)Number(row, 13, "state", ref values),
        DueAt = values.Time("due_at", Number(row, 14, "due_at", ref values)),
        Attempt = values.Count("attempt", Number(row, 15, "attempt", ref values)),
        LeaseToken = values.Number("lease_token", Number(row, 16, "lease_token", ref values), 0, RowValues.MaxToken),
        Silo = RowValues.Silo(row.Text(17)),
        SiloLosses = values.Count("silo_losses", Number(row, 18, "silo_losses", ref values)),
        CancelRequested = row.Long(19) != 0,
        StartedAt = values.Time("started_at", NumberOrNull(row, 20, "started_at", ref values)),
        FinishedAt = values.Time("finished_at", NumberOrNull(row, 21, "finished_at", ref values)),
        LastBackoff = values.Backoff(Number(row, 22, "last_backoff_us", ref values)),
        Progress = values.Progress(row.Text(23)),
        LastError = values.Error(row.Text(24)),
        Attempts = values.Attempts(row.Text(25)),
    };

    /// <summary>A column may hold a value of any type, whatever it was made for.</summary>
    private static long Number(SqliteStatement row, int column, string name, ref RowValues values)
    {
        if (!row.IsInteger(column))
        {
            values.Add($"{name} is no whole number.");
        }

        return row.Long(column);
    }

    private static long? NumberOrNull(SqliteStatement row, int column, string name, ref RowValues values) =>
        row.IsNull(column) ? null : Number(row, column, name, ref values);

    private static SqliteStatement BindAssignments(SqliteStatement statement, JobRecord next) => statement
        .Bind(next.Version).Bind((long)next.State).Bind(Micros.Of(next.DueAt))
        .Bind(next.Attempt).Bind(next.LeaseToken).Bind(next.Silo).Bind(next.SiloLosses).Bind(next.CancelRequested)
        .Bind(Micros.Of(next.StartedAt)).Bind(Micros.Of(next.LastBackoff))
        .Bind(RowJson.Progress(next.Progress)).Bind(RowJson.Error(next.LastError)).Bind(RowJson.Attempts(next.Attempts))
        .Bind(next.Checkpoint).Bind(next.Result).Bind((long)next.WaitedFor);
}
