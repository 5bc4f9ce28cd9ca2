namespace OrleansJobs.Postgres;

/// <summary>
/// The eighth migration: each commit has a number, the counts are changes by commit with their sum now and then, and all that writes commits by
/// itself (ADR 0034).
/// </summary>
internal static class PostgresCommitSchema
{
    /// <summary>Places in the results queue that each commit has: more than a group has rows.</summary>
    public const int PlacesPerCommit = 16_384;

    public const string Sql = Numbers + Counts + Fold + Writes;

    // Where there are jobs of version 5, the numbers begin so far above their places that a silo of that version which still writes does not
    // reach them. What it ends gets a place of a commit behind its back.
    private const string Numbers =
        """
        CREATE SEQUENCE job_commits;

        SELECT setval('job_commits', CASE WHEN seq = 0 THEN 1 ELSE (seq >> 14) + 67108864 END)
        FROM (SELECT coalesce(max(last_seq), 0) AS seq FROM job_counts) AS last;

        CREATE FUNCTION orleansjobs_lock_space(what int) RETURNS int LANGUAGE sql STABLE AS $$
            SELECT 'job_commits'::regclass::oid::int # what
        $$;

        CREATE FUNCTION orleansjobs_commit() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
        DECLARE
            above bigint;
        BEGIN
            SELECT last_value INTO above FROM job_commits;
            PERFORM pg_advisory_xact_lock_shared(orleansjobs_lock_space(1785949027), ((above << 32) >> 32)::int);
            RETURN nextval('job_commits');
        END
        $$;

        CREATE FUNCTION orleansjobs_settled() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
        DECLARE
            last bigint;
            settled bigint;
        BEGIN
            SELECT last_value INTO last FROM job_commits;
            SELECT least(last, min(last + (((objid::bigint - last) << 32) >> 32))) INTO settled FROM pg_locks
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND classid = orleansjobs_lock_space(1785949027)::oid AND objsubid = 2;
            RETURN settled;
        END
        $$;

        CREATE FUNCTION orleansjobs_older_writer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE jobs SET finished_seq = orleansjobs_commit() << 14 WHERE id = NEW.id;
            RETURN NULL;
        END
        $$;

        DO $$
        BEGIN
            EXECUTE format('CREATE TRIGGER jobs_older_insert AFTER INSERT ON jobs FOR EACH ROW WHEN (NEW.finished_seq < %1$s) '
                'EXECUTE FUNCTION orleansjobs_older_writer()', (SELECT last_value << 14 FROM job_commits));
            EXECUTE format('CREATE TRIGGER jobs_older_update AFTER UPDATE OF finished_seq ON jobs FOR EACH ROW '
                'WHEN (NEW.finished_seq < %1$s AND NEW.finished_seq IS DISTINCT FROM OLD.finished_seq) '
                'EXECUTE FUNCTION orleansjobs_older_writer()', (SELECT last_value << 14 FROM job_commits));
        END
        $$;

        """;

    // Nothing here is ever updated. Who reads begins at the newest sum, by index, and so comes past nothing that was deleted before.
    private const string Counts =
        """
        COMMENT ON TABLE job_counts IS 'What silos of schema version 5 have counted. The counts are in job_counts_now.';

        CREATE TABLE job_count_changes (
            number bigint NOT NULL, class text COLLATE "C" NOT NULL,
            scheduled int NOT NULL, queued int NOT NULL, running int NOT NULL, retrying int NOT NULL,
            succeeded int NOT NULL, dead_lettered int NOT NULL, cancelled int NOT NULL
        ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

        CREATE INDEX job_count_changes_number ON job_count_changes (number);

        CREATE TABLE job_count_sums (
            number bigint NOT NULL, class text COLLATE "C" NOT NULL,
            scheduled bigint NOT NULL, queued bigint NOT NULL, running bigint NOT NULL, retrying bigint NOT NULL,
            succeeded bigint NOT NULL, dead_lettered bigint NOT NULL, cancelled bigint NOT NULL,
            PRIMARY KEY (number, class)
        ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

        CREATE VIEW job_counts_now AS
        SELECT class, sum(scheduled)::bigint AS scheduled, sum(queued)::bigint AS queued, sum(running)::bigint AS running,
            sum(retrying)::bigint AS retrying, sum(succeeded)::bigint AS succeeded, sum(dead_lettered)::bigint AS dead_lettered,
            sum(cancelled)::bigint AS cancelled, sum(changes)::bigint AS changes
        FROM (
            SELECT class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled, 0 AS changes FROM job_counts
            UNION ALL
            SELECT class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled, 0 FROM job_count_sums
            WHERE number = (SELECT max(number) FROM job_count_sums)
            UNION ALL
            SELECT class, scheduled, queued, running, retrying, succeeded, dead_lettered, cancelled, 1 FROM job_count_changes
            WHERE number > coalesce((SELECT max(number) FROM job_count_sums), 0)
            UNION ALL
            SELECT class, (state = 0)::int, (state = 1)::int, (state = 2)::int, (state = 3)::int, (state = 4)::int, (state = 5)::int,
                (state = 6)::int, 1 FROM job_counts_foreign) AS parts
        GROUP BY class;

        """;

    // Two transactions: the rows of other programs become changes, then the changes of settled commits become a sum. Another session that is
    // at it, or that has some of the rows, is left to it.
    private const string Fold =
        """
        CREATE PROCEDURE orleansjobs_fold() LANGUAGE plpgsql AS $$
        DECLARE
            own bigint;
            since bigint;
            upto bigint;
        BEGIN
            IF NOT pg_try_advisory_xact_lock(orleansjobs_lock_space(1785949030), 0) THEN
                RETURN;
            END IF;
            IF EXISTS (SELECT FROM job_counts_foreign) THEN
                own := orleansjobs_commit();
                WITH gone AS (
                    DELETE FROM job_counts_foreign WHERE ctid = ANY (ARRAY(SELECT ctid FROM job_counts_foreign LIMIT 50000 FOR UPDATE SKIP LOCKED))
                    RETURNING class, state)
                INSERT INTO job_count_changes
                SELECT own, class,
                    count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 1), count(*) FILTER (WHERE state = 2),
                    count(*) FILTER (WHERE state = 3), count(*) FILTER (WHERE state = 4), count(*) FILTER (WHERE state = 5),
                    count(*) FILTER (WHERE state = 6)
                FROM gone GROUP BY class;
            END IF;
            COMMIT;

            IF NOT pg_try_advisory_xact_lock(orleansjobs_lock_space(1785949030), 0) THEN
                RETURN;
            END IF;
            upto := orleansjobs_settled();
            SELECT coalesce(max(number), 0) INTO since FROM job_count_sums;
            IF upto > since THEN
                WITH changes AS (
                    DELETE FROM job_count_changes WHERE number > since AND number <= upto RETURNING *
                ), sums AS (
                    DELETE FROM job_count_sums WHERE number = since RETURNING *
                )
                INSERT INTO job_count_sums
                SELECT upto, class, sum(scheduled), sum(queued), sum(running), sum(retrying), sum(succeeded), sum(dead_lettered), sum(cancelled)
                FROM (SELECT * FROM changes UNION ALL SELECT * FROM sums) AS parts GROUP BY class;
            END IF;
            COMMIT;
        END
        $$;

        """;

    private const string Writes =
        """
        CREATE PROCEDURE orleansjobs_write(
            lock_wait text,
            i_id uuid[], i_class text[], i_tenant text[], i_priority smallint[], i_cost int[], i_unique_key text[], i_tags text[],
            i_content_type text[], i_trace_parent text[], i_submitted_at timestamptz[], i_max_attempts int[], i_timeout_us bigint[],
            i_version bigint[], i_state smallint[], i_due_at timestamptz[], i_attempt int[], i_lease_token bigint[], i_silo text[],
            i_silo_losses int[], i_cancel_requested boolean[], i_started_at timestamptz[], i_finished_at timestamptz[],
            i_last_backoff_us bigint[], i_progress text[], i_last_error text[], i_attempts text[], i_payload bytea[], i_checkpoint bytea[],
            i_result bytea[], i_waited_for smallint[],
            u_id uuid[], u_class text[], u_before smallint[], u_version bigint[], u_state smallint[], u_due_at timestamptz[], u_attempt int[],
            u_lease_token bigint[], u_silo text[], u_silo_losses int[], u_cancel_requested boolean[], u_started_at timestamptz[],
            u_finished_at timestamptz[], u_last_backoff_us bigint[], u_progress text[], u_last_error text[], u_attempts text[],
            u_checkpoint bytea[], u_result bytea[], u_waited_for smallint[],
            INOUT inserted uuid[], INOUT updated uuid[]) LANGUAGE plpgsql AS $$
        DECLARE
            own bigint;
        BEGIN
            PERFORM set_config('lock_timeout', lock_wait, true);
            own := orleansjobs_commit();
            WITH added AS (
                INSERT INTO jobs (id, class, tenant, priority, cost, unique_key, tags, content_type, trace_parent, submitted_at, max_attempts,
                    timeout_us, version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at, finished_at,
                    last_backoff_us, progress, last_error, attempts, payload, checkpoint, result, waited_for, finished_seq)
                SELECT n.id, n.class, n.tenant, n.priority, n.cost, n.unique_key, n.tags::jsonb, n.content_type, n.trace_parent,
                    n.submitted_at, n.max_attempts, n.timeout_us, n.version, n.state, n.due_at, n.attempt, n.lease_token, n.silo,
                    n.silo_losses, n.cancel_requested, n.started_at, n.finished_at, n.last_backoff_us, n.progress, n.last_error, n.attempts,
                    n.payload, n.checkpoint, n.result, n.waited_for, CASE WHEN n.state >= 4 THEN (own << 14) + n.place END
                FROM unnest(i_id, i_class, i_tenant, i_priority, i_cost, i_unique_key, i_tags, i_content_type, i_trace_parent,
                    i_submitted_at, i_max_attempts, i_timeout_us, i_version, i_state, i_due_at, i_attempt, i_lease_token, i_silo,
                    i_silo_losses, i_cancel_requested, i_started_at, i_finished_at, i_last_backoff_us, i_progress, i_last_error, i_attempts,
                    i_payload, i_checkpoint, i_result, i_waited_for) WITH ORDINALITY
                    AS n (id, class, tenant, priority, cost, unique_key, tags, content_type, trace_parent, submitted_at, max_attempts,
                    timeout_us, version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at, finished_at,
                    last_backoff_us, progress, last_error, attempts, payload, checkpoint, result, waited_for, place)
                ON CONFLICT DO NOTHING
                RETURNING id, class, state, tags, submitted_at
            ), changed AS (
                UPDATE jobs j SET
                    version = n.version, state = n.state, due_at = n.due_at, attempt = n.attempt, lease_token = n.lease_token, silo = n.silo,
                    silo_losses = n.silo_losses, cancel_requested = n.cancel_requested, started_at = n.started_at,
                    finished_at = n.finished_at, last_backoff_us = n.last_backoff_us, progress = n.progress, last_error = n.last_error,
                    attempts = n.attempts, checkpoint = n.checkpoint, result = n.result, waited_for = n.waited_for,
                    finished_seq = CASE WHEN n.state >= 4 THEN
                        CASE WHEN n.before >= 4 THEN j.finished_seq ELSE (own << 14) + cardinality(i_id) + n.place END END
                FROM unnest(u_id, u_class, u_before, u_version, u_state, u_due_at, u_attempt, u_lease_token, u_silo, u_silo_losses,
                    u_cancel_requested, u_started_at, u_finished_at, u_last_backoff_us, u_progress, u_last_error, u_attempts, u_checkpoint,
                    u_result, u_waited_for) WITH ORDINALITY
                    AS n (id, class, before, version, state, due_at, attempt, lease_token, silo, silo_losses, cancel_requested, started_at,
                    finished_at, last_backoff_us, progress, last_error, attempts, checkpoint, result, waited_for, place)
                WHERE j.id = n.id
                    AND j.version = CASE WHEN n.version = -9223372036854775808 THEN 9223372036854775807 ELSE n.version - 1 END
                RETURNING j.id, j.class, n.before, j.state
            ), tagged AS (
                INSERT INTO job_tags (tag, id, submitted_at)
                SELECT DISTINCT t.tag, a.id, a.submitted_at FROM added a CROSS JOIN LATERAL jsonb_array_elements_text(a.tags) AS t (tag)
                WHERE a.tags IS NOT NULL
            ), counted AS (
                INSERT INTO job_count_changes
                SELECT own, class,
                    count(*) FILTER (WHERE state = 0) - count(*) FILTER (WHERE before = 0),
                    count(*) FILTER (WHERE state = 1) - count(*) FILTER (WHERE before = 1),
                    count(*) FILTER (WHERE state = 2) - count(*) FILTER (WHERE before = 2),
                    count(*) FILTER (WHERE state = 3) - count(*) FILTER (WHERE before = 3),
                    count(*) FILTER (WHERE state = 4) - count(*) FILTER (WHERE before = 4),
                    count(*) FILTER (WHERE state = 5) - count(*) FILTER (WHERE before = 5),
                    count(*) FILTER (WHERE state = 6) - count(*) FILTER (WHERE before = 6)
                FROM (
                    SELECT class, NULL::smallint AS before, state FROM added
                    UNION ALL
                    SELECT class, before, state FROM changed WHERE before <> state) AS moved
                GROUP BY class
            )
            SELECT
                (SELECT CASE WHEN count(*) < cardinality(i_id) THEN coalesce(array_agg(id), '{}') END FROM added),
                (SELECT CASE WHEN count(*) < cardinality(u_id) THEN coalesce(array_agg(id), '{}') END FROM changed)
            INTO inserted, updated;
            COMMIT;
        END
        $$;

        CREATE PROCEDURE orleansjobs_prune(of_class text, before timestamptz, most int, INOUT pruned int) LANGUAGE plpgsql AS $$
        DECLARE
            own bigint;
        BEGIN
            own := orleansjobs_commit();
            WITH gone AS (
                DELETE FROM jobs WHERE id = ANY (ARRAY(
                    SELECT id FROM jobs WHERE class = of_class AND finished_at < before AND finished_at IS NOT NULL AND state >= 4
                    ORDER BY finished_at LIMIT most FOR UPDATE SKIP LOCKED))
                RETURNING id, state, tags
            ), unlogged AS (
                DELETE FROM job_log WHERE id IN (SELECT id FROM gone)
            ), untagged AS (
                DELETE FROM job_tags WHERE (tag, id) IN (
                    SELECT t.tag, gone.id FROM gone CROSS JOIN LATERAL jsonb_array_elements_text(gone.tags) AS t (tag)
                    WHERE gone.tags IS NOT NULL)
            ), counted AS (
                INSERT INTO job_count_changes
                SELECT own, of_class, 0, 0, 0, 0, -count(*) FILTER (WHERE state = 4), -count(*) FILTER (WHERE state = 5),
                    -count(*) FILTER (WHERE state = 6)
                FROM gone HAVING count(*) > 0
            )
            SELECT count(*) INTO pruned FROM gone;
            COMMIT;
        END
        $$;

        CREATE PROCEDURE orleansjobs_settings(of_class text, next bigint, content text, INOUT written boolean) LANGUAGE plpgsql AS $$
        BEGIN
            IF next = 1 THEN
                INSERT INTO job_class_settings (class, revision, document) VALUES (of_class, next, content) ON CONFLICT DO NOTHING;
            ELSE
                UPDATE job_class_settings SET revision = next, document = content WHERE class = of_class AND revision = next - 1;
            END IF;
            written := FOUND;
            COMMIT;
        END
        $$;
        """;
}
