using OrleansJobs.Storage.Migrations;

namespace OrleansJobs.Postgres;

/// <summary>The tables in a PostgreSQL database, and how they came to be.</summary>
internal static partial class PostgresSchema
{
    /// <summary>
    /// Listens to the channel on which rows of other programs are announced, with their class. Each table of jobs in a database has its own.
    /// </summary>
    public const string Listen = "DO $$ BEGIN EXECUTE 'LISTEN orleansjobs_' || 'jobs'::regclass::oid; END $$";

    /// <summary>The setting that marks the store's own sessions.</summary>
    public const string WriterSetting = "orleansjobs.writer";

    /// <summary>The table that says which migrations were made.</summary>
    public const string VersionTable =
        "CREATE TABLE IF NOT EXISTS orleansjobs_schema (version int PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now())";

    /// <summary>All migrations, oldest first. One that was released is never changed.</summary>
    public static readonly IReadOnlyList<Migration> Migrations =
    [
        new(1, V1Jobs), new(2, V2ClassSettings), new(3, V3LogAndAudit), new(4, V4WaitedFor), new(5, V5Channels), new(6, V6Guards), new(7, V7Order),
        new(8, PostgresCommitSchema.Sql), new(9, V9AuditKinds), new(10, V10Delete),
    ];

    // Rows of other programs are counted in a table of their own that is only appended to: a lock on the class's counts, held until a
    // long foreign transaction ends, would stop the whole grid.
    private const string V1Jobs =
        $"""
        CREATE FUNCTION orleansjobs_new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
            SELECT encode(set_byte(b, 6, get_byte(b, 6) | 48), 'hex')::uuid
            FROM (SELECT overlay(uuid_send(gen_random_uuid()) PLACING
                substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6) AS b) AS random
        $$;

        CREATE TABLE jobs (
            id               uuid        PRIMARY KEY DEFAULT orleansjobs_new_id(),
            class            text        COLLATE "C" NOT NULL CHECK (class <> '' AND length(class) <= 64),
            tenant           text        COLLATE "C" NOT NULL DEFAULT '',
            priority         smallint    NOT NULL DEFAULT 5 CHECK (priority BETWEEN 0 AND 9),
            cost             int         NOT NULL DEFAULT 1 CHECK (cost BETWEEN 1 AND 1000),
            state            smallint    NOT NULL DEFAULT 1 CHECK (state BETWEEN 0 AND 6),
            cancel_requested boolean     NOT NULL DEFAULT false,
            version          bigint      NOT NULL DEFAULT 1,
            due_at           timestamptz NOT NULL DEFAULT now(),
            attempt          int         NOT NULL DEFAULT 0,
            max_attempts     int         NOT NULL DEFAULT 10 CHECK (max_attempts BETWEEN 1 AND 1000),
            lease_token      bigint      NOT NULL DEFAULT 0,
            silo_losses      int         NOT NULL DEFAULT 0,
            submitted_at     timestamptz NOT NULL DEFAULT now(),
            started_at       timestamptz,
            finished_at      timestamptz,
            finished_seq     bigint,
            timeout_us       bigint,
            last_backoff_us  bigint      NOT NULL DEFAULT 0,
            silo             text,
            unique_key       text        COLLATE "C",
            tags             jsonb       CHECK (jsonb_typeof(tags) = 'array'),
            trace_parent     text,
            content_type     text        NOT NULL DEFAULT 'application/json',
            progress         text,
            last_error       text,
            attempts         text,
            payload          bytea       NOT NULL DEFAULT '' CHECK (octet_length(payload) <= 1048576),
            checkpoint       bytea,
            result           bytea
        ) WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

        CREATE INDEX jobs_waiting ON jobs (class, tenant, priority DESC, due_at, id) WHERE state < 4 AND state <> 2;
        CREATE INDEX jobs_due ON jobs (class, due_at, id) WHERE state < 4 AND state <> 2;
        CREATE INDEX jobs_running ON jobs (class, id) WHERE state = 2;
        CREATE INDEX jobs_failed ON jobs (state, id) WHERE state >= 5;
        CREATE INDEX jobs_results ON jobs (class, finished_seq) WHERE finished_seq IS NOT NULL;
        CREATE INDEX jobs_finished ON jobs (class, finished_at) WHERE finished_at IS NOT NULL;
        CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key, class) WHERE unique_key IS NOT NULL;
        CREATE INDEX jobs_tags ON jobs USING gin (tags) WHERE tags IS NOT NULL;

        CREATE TABLE job_counts (
            class         text   COLLATE "C" PRIMARY KEY,
            scheduled     bigint NOT NULL DEFAULT 0,
            queued        bigint NOT NULL DEFAULT 0,
            running       bigint NOT NULL DEFAULT 0,
            retrying      bigint NOT NULL DEFAULT 0,
            succeeded     bigint NOT NULL DEFAULT 0,
            dead_lettered bigint NOT NULL DEFAULT 0,
            cancelled     bigint NOT NULL DEFAULT 0,
            last_seq      bigint NOT NULL DEFAULT 0
        ) WITH (fillfactor = 20);

        CREATE TABLE job_counts_foreign (class text COLLATE "C" NOT NULL, state smallint NOT NULL);

        CREATE FUNCTION orleansjobs_foreign_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        BEGIN
            INSERT INTO job_counts_foreign VALUES (NEW.class, NEW.state);
            PERFORM pg_notify('orleansjobs', NEW.class);
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER jobs_foreign_insert AFTER INSERT ON jobs FOR EACH ROW
            WHEN (current_setting('{WriterSetting}', true) IS DISTINCT FROM 'on')
            EXECUTE FUNCTION orleansjobs_foreign_insert();

        CREATE VIEW jobs_readable AS
        SELECT id, class, tenant,
               (ARRAY['Scheduled', 'Queued', 'Running', 'Retrying', 'Succeeded', 'DeadLettered', 'Cancelled'])[state + 1] AS state,
               priority, cost, attempt, max_attempts, due_at, submitted_at, started_at, finished_at, finished_seq,
               silo, silo_losses, lease_token, version, cancel_requested, unique_key, tags, trace_parent, progress, last_error, attempts,
               content_type, encode(payload, 'escape') AS payload, encode(result, 'escape') AS result
        FROM jobs;
        """;

    private const string V2ClassSettings =
        """
        CREATE TABLE job_class_settings (
            class    text   COLLATE "C" PRIMARY KEY CHECK (class <> ''),
            revision bigint NOT NULL CHECK (revision >= 1),
            document text   NOT NULL
        );
        """;

    // Nearly all jobs have no error, so the index of those that have one costs nearly nothing. An entry's key tells one that was sent twice.
    // The jobs of a tag go by id, so that a page of them is read without the others; a GIN index gives all or none, and is written with
    // every change of a job.
    private const string V3LogAndAudit =
        """
        CREATE TABLE job_log (
            id      uuid        NOT NULL,
            seq     bigint      NOT NULL,
            at      timestamptz NOT NULL,
            attempt int         NOT NULL,
            level   smallint    NOT NULL,
            text    text        NOT NULL,
            PRIMARY KEY (id, seq)
        );

        CREATE TABLE job_audit (
            seq      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            key      uuid        NOT NULL UNIQUE,
            at       timestamptz NOT NULL,
            document text        NOT NULL
        );

        CREATE INDEX jobs_errors ON jobs (id) WHERE last_error IS NOT NULL;

        CREATE TABLE job_tags (tag text COLLATE "C" NOT NULL, id uuid NOT NULL, PRIMARY KEY (tag, id));

        INSERT INTO job_tags (tag, id)
            SELECT DISTINCT t.tag, jobs.id FROM jobs CROSS JOIN LATERAL jsonb_array_elements_text(tags) AS t (tag) WHERE tags IS NOT NULL;

        DROP INDEX jobs_tags;

        CREATE OR REPLACE FUNCTION orleansjobs_foreign_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
        AS $$
        BEGIN
            INSERT INTO job_counts_foreign VALUES (NEW.class, NEW.state);
            IF NEW.tags IS NOT NULL THEN
                INSERT INTO job_tags (tag, id) SELECT DISTINCT t.tag, NEW.id FROM jsonb_array_elements_text(NEW.tags) AS t (tag);
            END IF;
            PERFORM pg_notify('orleansjobs', NEW.class);
            RETURN NULL;
        END
        $$;

        CREATE FUNCTION orleansjobs_foreign_delete() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        BEGIN
            DELETE FROM job_tags WHERE id = OLD.id AND tag IN (SELECT jsonb_array_elements_text(OLD.tags));
            DELETE FROM job_log WHERE id = OLD.id;
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER jobs_foreign_delete AFTER DELETE ON jobs FOR EACH ROW
            WHEN (current_setting('orleansjobs.writer', true) IS DISTINCT FROM 'on')
            EXECUTE FUNCTION orleansjobs_foreign_delete();
        """;

    private const string V4WaitedFor = "ALTER TABLE jobs ADD COLUMN waited_for smallint NOT NULL DEFAULT 0;";

    // Several grids may be in one database, and notifications go to all of it. The functions look in the grid's schema alone.
    private const string V5Channels =
        """
        CREATE OR REPLACE FUNCTION orleansjobs_foreign_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
        AS $$
        BEGIN
            INSERT INTO job_counts_foreign VALUES (NEW.class, NEW.state);
            IF NEW.tags IS NOT NULL THEN
                INSERT INTO job_tags (tag, id) SELECT DISTINCT t.tag, NEW.id FROM jsonb_array_elements_text(NEW.tags) AS t (tag);
            END IF;
            PERFORM pg_notify('orleansjobs_' || TG_RELID, NEW.class);
            RETURN NULL;
        END
        $$;

        ALTER FUNCTION orleansjobs_foreign_delete() SET search_path FROM CURRENT;
        """;
}
