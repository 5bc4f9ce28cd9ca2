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

    public static JobRecord ReadWhole(SqliteStatement row) => ReadLight(row) with
    {
        Payload = row.Bytes(26),
        Checkpoint = row.BytesOrNull(27),
        Result = row.BytesOrNull(28),
        WaitedFor = (WaitReason)row.Int(29),
    };

    /// <summary>What a whole job weighs on a page, in bytes: its errors and its bodies, beside which the rest is little.</summary>
    public static long Weigh(SqliteStatement row) => row.Size(24) + row.Size(25) + row.Size(26) + row.Size(27) + row.Size(28);

    public static JobRecord ReadLight(SqliteStatement row) => new()
    {
        Id = row.Id(0),
        JobClass = row.Text(1)!,
        Tenant = row.Text(2)!,
        Priority = row.Int(3),
        Cost = row.Int(4),
        UniqueKey = row.Text(5),
        Tags = RowJson.ToTags(row.Text(6)),
        ContentType = row.Text(7)!,
        TraceParent = row.Text(8),
        SubmittedAt = Micros.ToTime(row.Long(9)),
        MaxAttempts = row.Int(10),
        Timeout = row.LongOrNull(11) is { } timeout ? Micros.ToPeriod(timeout) : null,
        Version = row.Long(12),
        State = (JobState)row.Int(13),
        DueAt = Micros.ToTime(row.Long(14)),
        Attempt = row.Int(15),
        LeaseToken = row.Long(16),
        Silo = row.Text(17),
        SiloLosses = row.Int(18),
        CancelRequested = row.Int(19) != 0,
        StartedAt = row.LongOrNull(20) is { } startedAt ? Micros.ToTime(startedAt) : null,
        FinishedAt = row.LongOrNull(21) is { } finishedAt ? Micros.ToTime(finishedAt) : null,
        LastBackoff = Micros.ToPeriod(row.Long(22)),
        Progress = RowJson.ToProgress(row.Text(23)),
        LastError = RowJson.ToError(row.Text(24)),
        Attempts = RowJson.ToAttempts(row.Text(25)),
    };

    public static WaitingJob ReadWaiting(SqliteStatement row) =>
        new(row.Id(0), row.Text(1)!, row.Int(2), row.Int(3), Micros.ToTime(row.Long(4)), (JobState)row.Int(5));

    private static SqliteStatement BindAssignments(SqliteStatement statement, JobRecord next) => statement
        .Bind(next.Version).Bind((long)next.State).Bind(Micros.Of(next.DueAt))
        .Bind(next.Attempt).Bind(next.LeaseToken).Bind(next.Silo).Bind(next.SiloLosses).Bind(next.CancelRequested)
        .Bind(Micros.Of(next.StartedAt)).Bind(Micros.Of(next.LastBackoff))
        .Bind(RowJson.Progress(next.Progress)).Bind(RowJson.Error(next.LastError)).Bind(RowJson.Attempts(next.Attempts))
        .Bind(next.Checkpoint).Bind(next.Result).Bind((long)next.WaitedFor);
}
