using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Postgres;

/// <summary>
/// The statements that a group is written with. Each takes all its rows as arrays, answers with the ids of those it wrote, and brings
/// the counts along for exactly those.
/// </summary>
internal static class PostgresStatements
{
    // Taken first and in one order by every writer: so writers of a class come one after the other, no two wait for each other, and a
    // place in the results queue that is lower than one already visible cannot appear.
    private const string LockSql = "SELECT count(*) FROM (SELECT 1 FROM job_counts WHERE class = ANY($1) ORDER BY class FOR UPDATE) AS locked";

    private const string InsertSql =
        """
        WITH added AS (
            INSERT INTO jobs (id, class, tenant, priority, cost, unique_key, tags, content_type, trace_parent, submitted_at, max_attempts,
                timeout_us, version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at, finished_at,
                last_backoff_us, progress, last_error, attempts, payload, checkpoint, result, waited_for, finished_seq)
            SELECT n.id, n.class, n.tenant, n.priority, n.cost, n.unique_key, n.tags::jsonb, n.content_type, n.trace_parent, n.submitted_at,
                n.max_attempts, n.timeout_us, n.version, n.state, n.due_at, n.attempt, n.lease_token, n.silo, n.silo_losses,
                n.cancel_requested, n.started_at, n.finished_at, n.last_backoff_us, n.progress, n.last_error, n.attempts, n.payload,
                n.checkpoint, n.result, n.waited_for, CASE WHEN n.state >= 4 THEN c.last_seq + n.place END
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
                $26, $27, $28, $29, $30) WITH ORDINALITY AS n (id, class, tenant, priority, cost, unique_key, tags, content_type, trace_parent,
                submitted_at, max_attempts, timeout_us, version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested,
                started_at, finished_at, last_backoff_us, progress, last_error, attempts, payload, checkpoint, result, waited_for, place)
            JOIN job_counts c ON c.class = n.class
            ON CONFLICT DO NOTHING
            RETURNING id, class, state, tags, submitted_at
        ), counted AS (
            UPDATE job_counts c SET
                scheduled = c.scheduled + d.scheduled, queued = c.queued + d.queued, running = c.running + d.running,
                retrying = c.retrying + d.retrying, succeeded = c.succeeded + d.succeeded,
                dead_lettered = c.dead_lettered + d.dead_lettered, cancelled = c.cancelled + d.cancelled, last_seq = c.last_seq + $31
            FROM (
                SELECT class,
                    count(*) FILTER (WHERE state = 0) AS scheduled, count(*) FILTER (WHERE state = 1) AS queued,
                    count(*) FILTER (WHERE state = 2) AS running, count(*) FILTER (WHERE state = 3) AS retrying,
                    count(*) FILTER (WHERE state = 4) AS succeeded, count(*) FILTER (WHERE state = 5) AS dead_lettered,
                    count(*) FILTER (WHERE state = 6) AS cancelled
                FROM added GROUP BY class) d
            WHERE c.class = d.class
        )
        """;

    private const string AnswerAddedSql = " SELECT array_agg(id) FROM added";

    private const string TagSql =
        """
        , tagged AS (
            INSERT INTO job_tags (tag, id, submitted_at)
            SELECT DISTINCT t.tag, a.id, a.submitted_at FROM added a CROSS JOIN LATERAL jsonb_array_elements_text(a.tags) AS t (tag) WHERE a.tags IS NOT NULL
        )
        """;

    private const string UpdateSql =
        """
        WITH changed AS (
            UPDATE jobs j SET
                version = n.version, state = n.state, due_at = n.due_at, attempt = n.attempt, lease_token = n.lease_token, silo = n.silo,
                silo_losses = n.silo_losses, cancel_requested = n.cancel_requested, started_at = n.started_at,
                finished_at = n.finished_at, last_backoff_us = n.last_backoff_us, progress = n.progress, last_error = n.last_error,
                attempts = n.attempts, checkpoint = n.checkpoint, result = n.result, waited_for = n.waited_for,
                finished_seq = CASE WHEN n.state >= 4 THEN CASE WHEN n.before >= 4 THEN j.finished_seq ELSE c.last_seq + n.place END END
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) WITH ORDINALITY
                AS n (id, class, before, version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at,
                finished_at, last_backoff_us, progress, last_error, attempts, checkpoint, result, waited_for, place)
            JOIN job_counts c ON c.class = n.class
            WHERE j.id = n.id AND j.version = CASE WHEN n.version = -9223372036854775808 THEN 9223372036854775807 ELSE n.version - 1 END
            RETURNING j.id, j.class, n.before, j.state
        ), counted AS (
            UPDATE job_counts c SET
                scheduled = c.scheduled + d.scheduled, queued = c.queued + d.queued, running = c.running + d.running,
                retrying = c.retrying + d.retrying, succeeded = c.succeeded + d.succeeded,
                dead_lettered = c.dead_lettered + d.dead_lettered, cancelled = c.cancelled + d.cancelled, last_seq = c.last_seq + $21
            FROM (
                SELECT class,
                    count(*) FILTER (WHERE state = 0) - count(*) FILTER (WHERE before = 0) AS scheduled,
                    count(*) FILTER (WHERE state = 1) - count(*) FILTER (WHERE before = 1) AS queued,
                    count(*) FILTER (WHERE state = 2) - count(*) FILTER (WHERE before = 2) AS running,
                    count(*) FILTER (WHERE state = 3) - count(*) FILTER (WHERE before = 3) AS retrying,
                    count(*) FILTER (WHERE state = 4) - count(*) FILTER (WHERE before = 4) AS succeeded,
                    count(*) FILTER (WHERE state = 5) - count(*) FILTER (WHERE before = 5) AS dead_lettered,
                    count(*) FILTER (WHERE state = 6) - count(*) FILTER (WHERE before = 6) AS cancelled
                FROM changed WHERE state <> before GROUP BY class) d
            WHERE c.class = d.class
        )
        SELECT array_agg(id) FROM changed
        """;

    public static NpgsqlBatchCommand Lock(string[] classes) => new(LockSql)
    {
        Parameters = { new NpgsqlParameter<string[]> { TypedValue = classes } },
    };

    public static NpgsqlBatchCommand Insert(IReadOnlyList<StoreWrite.Insert> inserts)
    {
        var hasTags = inserts.Any(insert => insert.Record.Tags.Count > 0);
        var command = new NpgsqlBatchCommand(InsertSql + (hasTags ? TagSql : "") + AnswerAddedSql);
        new RowArrays<JobRecord>(command.Parameters, inserts.Select(insert => insert.Record).ToArray())
            .Ids(job => job.Id).Texts(job => job.JobClass).Texts(job => job.Tenant).Shorts(job => job.Priority).Ints(job => job.Cost)
            .Texts(job => job.UniqueKey).Texts(job => RowJson.Tags(job.Tags)).Texts(job => job.ContentType)
            .Texts(job => job.TraceParent).Times(job => job.SubmittedAt).Ints(job => job.MaxAttempts)
            .Longs(job => Micros.Of(job.Timeout)).Longs(job => job.Version).Shorts(job => (int)job.State).Times(job => job.DueAt)
            .Ints(job => job.Attempt).Longs(job => job.LeaseToken).Texts(job => job.Silo).Ints(job => job.SiloLosses)
            .Flags(job => job.CancelRequested).Times(job => job.StartedAt).Times(job => job.FinishedAt)
            .Longs(job => Micros.Of(job.LastBackoff)).Texts(job => RowJson.Progress(job.Progress))
            .Texts(job => RowJson.Error(job.LastError)).Texts(job => RowJson.Attempts(job.Attempts)).Bytes(job => job.Payload)
            .Bytes(job => job.Checkpoint).Bytes(job => job.Result).Shorts(job => (int)job.WaitedFor);
        AddPlaces(command, inserts.Any(insert => insert.Record.State.IsTerminal()) ? inserts.Count : 0);
        return command;
    }

    public static NpgsqlBatchCommand Update(IReadOnlyList<StoreWrite.Update> updates)
    {
        var command = new NpgsqlBatchCommand(UpdateSql);
        new RowArrays<StoreWrite.Update>(command.Parameters, updates)
            .Ids(update => update.Next.Id).Texts(update => update.Next.JobClass).Shorts(update => (int)update.Before)
            .Longs(update => update.Next.Version).Shorts(update => (int)update.Next.State).Times(update => update.Next.DueAt)
            .Ints(update => update.Next.Attempt).Longs(update => update.Next.LeaseToken).Texts(update => update.Next.Silo)
            .Ints(update => update.Next.SiloLosses).Flags(update => update.Next.CancelRequested)
            .Times(update => update.Next.StartedAt).Times(update => update.Next.FinishedAt)
            .Longs(update => Micros.Of(update.Next.LastBackoff)).Texts(update => RowJson.Progress(update.Next.Progress))
            .Texts(update => RowJson.Error(update.Next.LastError)).Texts(update => RowJson.Attempts(update.Next.Attempts))
            .Bytes(update => update.Next.Checkpoint).Bytes(update => update.Next.Result).Shorts(update => (int)update.Next.WaitedFor);
        AddPlaces(command, updates.Any(update => update.Next.State.IsTerminal()) ? updates.Count : 0);
        return command;
    }

    // The places that the rows of the statement may have taken in the results queue; gaps do no harm.
    private static void AddPlaces(NpgsqlBatchCommand command, long places) =>
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = places });
}
