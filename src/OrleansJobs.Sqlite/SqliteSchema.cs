using OrleansJobs.Storage.Migrations;

namespace OrleansJobs.Sqlite;

/// <summary>The tables in a SQLite file, and how they came to be.</summary>
internal static partial class SqliteSchema
{
    /// <summary>All migrations, oldest first. One that was released is never changed.</summary>
    public static readonly IReadOnlyList<Migration> Migrations =
    [
        new(1, V1Jobs), new(2, V2ClassSettings), new(3, V3WaitingPages), new(4, V4LogAndAudit), new(5, V5WaitedFor), new(6, V6Guards), new(7, V7Order),
        new(8, V8AuditKinds),
    ];

    /// <summary>The table that says which migrations were made.</summary>
    public const string VersionTable =
        "CREATE TABLE IF NOT EXISTS orleansjobs_schema (version INTEGER NOT NULL PRIMARY KEY, migrated_at TEXT NOT NULL)";

    // Times are microseconds since 1970, ids the 16 bytes of the UUID; the view jobs_readable shows both as text. The bodies are the last
    // columns, so that reading the others does not go through their pages. A row that another program puts in is not yet `counted`.
    private const string V1Jobs =
        $"""
        CREATE TABLE jobs (
            id               BLOB    NOT NULL PRIMARY KEY DEFAULT ({NewId}) CHECK (typeof(id) = 'blob' AND length(id) = 16),
            class            TEXT    NOT NULL CHECK (class <> ''),
            tenant           TEXT    NOT NULL DEFAULT '',
            priority         INTEGER NOT NULL DEFAULT 5 CHECK (priority BETWEEN 0 AND 9),
            cost             INTEGER NOT NULL DEFAULT 1 CHECK (cost BETWEEN 1 AND 1000),
            state            INTEGER NOT NULL DEFAULT 1 CHECK (state BETWEEN 0 AND 6),
            version          INTEGER NOT NULL DEFAULT 1,
            due_at           INTEGER NOT NULL DEFAULT ({NowMicros}),
            attempt          INTEGER NOT NULL DEFAULT 0,
            max_attempts     INTEGER NOT NULL DEFAULT 10 CHECK (max_attempts BETWEEN 1 AND 1000),
            lease_token      INTEGER NOT NULL DEFAULT 0,
            silo             TEXT,
            silo_losses      INTEGER NOT NULL DEFAULT 0,
            cancel_requested INTEGER NOT NULL DEFAULT 0,
            submitted_at     INTEGER NOT NULL DEFAULT ({NowMicros}),
            started_at       INTEGER,
            finished_at      INTEGER,
            finished_seq     INTEGER,
            timeout_us       INTEGER,
            last_backoff_us  INTEGER NOT NULL DEFAULT 0,
            unique_key       TEXT,
            tags             TEXT CHECK (tags IS NULL OR json_valid(tags)),
            trace_parent     TEXT,
            content_type     TEXT    NOT NULL DEFAULT 'application/json',
            progress         TEXT,
            last_error       TEXT,
            attempts         TEXT,
            counted          INTEGER NOT NULL DEFAULT 0,
            payload          BLOB    NOT NULL DEFAULT x'' CHECK (length(payload) <= 1048576),
            checkpoint       BLOB,
            result           BLOB
        ) WITHOUT ROWID;

        CREATE INDEX jobs_waiting ON jobs (class, tenant, priority DESC, due_at, id) WHERE state < 4 AND state <> 2;
        CREATE INDEX jobs_due ON jobs (class, due_at, id) WHERE state < 4 AND state <> 2;
        CREATE INDEX jobs_running ON jobs (class, id) WHERE state = 2;
        CREATE INDEX jobs_failed ON jobs (state, id) WHERE state >= 5;
        CREATE INDEX jobs_results ON jobs (class, finished_seq) WHERE finished_seq IS NOT NULL;
        CREATE INDEX jobs_finished ON jobs (class, finished_at) WHERE finished_at IS NOT NULL;
        CREATE INDEX jobs_class ON jobs (class, id);
        CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key, class) WHERE unique_key IS NOT NULL;

        CREATE TABLE job_counts (
            class         TEXT    NOT NULL PRIMARY KEY,
            scheduled     INTEGER NOT NULL DEFAULT 0,
            queued        INTEGER NOT NULL DEFAULT 0,
            running       INTEGER NOT NULL DEFAULT 0,
            retrying      INTEGER NOT NULL DEFAULT 0,
            succeeded     INTEGER NOT NULL DEFAULT 0,
            dead_lettered INTEGER NOT NULL DEFAULT 0,
            cancelled     INTEGER NOT NULL DEFAULT 0,
            last_seq      INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;

        CREATE TABLE job_tags (tag TEXT NOT NULL, id BLOB NOT NULL, PRIMARY KEY (tag, id)) WITHOUT ROWID;

        CREATE TRIGGER jobs_count_foreign AFTER INSERT ON jobs WHEN NEW.counted = 0 BEGIN
            INSERT INTO job_counts (class)
                SELECT NEW.class WHERE NOT EXISTS (SELECT 1 FROM job_counts WHERE class = NEW.class);
            UPDATE job_counts SET
                scheduled = scheduled + (NEW.state = 0), queued = queued + (NEW.state = 1), running = running + (NEW.state = 2),
                retrying = retrying + (NEW.state = 3), succeeded = succeeded + (NEW.state = 4),
                dead_lettered = dead_lettered + (NEW.state = 5), cancelled = cancelled + (NEW.state = 6)
                WHERE class = NEW.class;
        END;

        CREATE TRIGGER jobs_tags_insert AFTER INSERT ON jobs WHEN NEW.tags IS NOT NULL BEGIN
            INSERT INTO job_tags SELECT DISTINCT value, NEW.id FROM json_each(NEW.tags);
        END;

        CREATE TRIGGER jobs_tags_delete AFTER DELETE ON jobs WHEN OLD.tags IS NOT NULL BEGIN
            DELETE FROM job_tags WHERE (tag, id) IN (SELECT DISTINCT value, OLD.id FROM json_each(OLD.tags));
        END;

        CREATE VIEW jobs_readable AS
        SELECT lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' ||
                     substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) AS id,
               class, tenant,
               CASE state WHEN 0 THEN 'Scheduled' WHEN 1 THEN 'Queued' WHEN 2 THEN 'Running' WHEN 3 THEN 'Retrying'
                          WHEN 4 THEN 'Succeeded' WHEN 5 THEN 'DeadLettered' WHEN 6 THEN 'Cancelled' END AS state,
               priority, cost, attempt, max_attempts,
               strftime('%Y-%m-%dT%H:%M:%fZ', due_at / 1e6, 'unixepoch') AS due_at,
               strftime('%Y-%m-%dT%H:%M:%fZ', submitted_at / 1e6, 'unixepoch') AS submitted_at,
               strftime('%Y-%m-%dT%H:%M:%fZ', started_at / 1e6, 'unixepoch') AS started_at,
               strftime('%Y-%m-%dT%H:%M:%fZ', finished_at / 1e6, 'unixepoch') AS finished_at,
               finished_seq, silo, silo_losses, lease_token, version, cancel_requested, unique_key, tags, trace_parent,
               progress, last_error, attempts, content_type, CAST(payload AS TEXT) AS payload, CAST(result AS TEXT) AS result
        FROM jobs;
        """;

    private const string V2ClassSettings =
        """
        CREATE TABLE job_class_settings (
            class    TEXT    NOT NULL PRIMARY KEY CHECK (class <> ''),
            revision INTEGER NOT NULL CHECK (revision >= 1),
            document TEXT    NOT NULL
        ) WITHOUT ROWID;
        """;

    // With these columns a page of waiting jobs is read from the index alone, instead of a page of the table for every row.
    private const string V3WaitingPages =
        """
        DROP INDEX jobs_waiting;
        CREATE INDEX jobs_waiting ON jobs (class, tenant, priority DESC, due_at, id, cost, state) WHERE state < 4 AND state <> 2;
        """;

    // Nearly all jobs have no error, so the index of those that have one costs nearly nothing. With the tenant in the index of a class, a
    // tenant's jobs are looked for there, not in a page of the table for every row.
    private const string V4LogAndAudit =
        """
        CREATE TABLE job_log (
            id      BLOB    NOT NULL,
            seq     INTEGER NOT NULL,
            at      INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            level   INTEGER NOT NULL,
            text    TEXT    NOT NULL,
            PRIMARY KEY (id, seq)
        ) WITHOUT ROWID;

        CREATE TRIGGER jobs_log_delete AFTER DELETE ON jobs BEGIN
            DELETE FROM job_log WHERE id = OLD.id;
        END;

        CREATE TABLE job_audit (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, document TEXT NOT NULL);

        CREATE INDEX jobs_errors ON jobs (id) WHERE last_error IS NOT NULL;

        DROP INDEX jobs_class;
        CREATE INDEX jobs_class ON jobs (class, id, tenant);
        """;

    private const string V5WaitedFor = "ALTER TABLE jobs ADD COLUMN waited_for INTEGER NOT NULL DEFAULT 0;";

    private const string NowMicros = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000";

    private const string NowMillis = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    // A UUID of version 7 for rows of other programs: six bytes of time, looked up in a table of all bytes because older SQLite shells
    // have no unhex(), then random ones with the version and the variant in place.
    private const string NewId =
        $"CAST({Byte5} || {Byte4} || {Byte3} || {Byte2} || {Byte1} || {Byte0} || " +
        $"substr(x'{Version7}', 1 + (random() & 15), 1) || randomblob(1) || " +
        $"substr(x'{Variant}', 1 + (random() & 15), 1) || randomblob(7) AS BLOB)";

    private const string Byte0 = $"substr(x'{AllBytes}', 1 + ({NowMillis} & 255), 1)";
    private const string Byte1 = $"substr(x'{AllBytes}', 1 + (({NowMillis} >> 8) & 255), 1)";
    private const string Byte2 = $"substr(x'{AllBytes}', 1 + (({NowMillis} >> 16) & 255), 1)";
    private const string Byte3 = $"substr(x'{AllBytes}', 1 + (({NowMillis} >> 24) & 255), 1)";
    private const string Byte4 = $"substr(x'{AllBytes}', 1 + (({NowMillis} >> 32) & 255), 1)";
    private const string Byte5 = $"substr(x'{AllBytes}', 1 + (({NowMillis} >> 40) & 255), 1)";

    private const string Version7 = "707172737475767778797a7b7c7d7e7f";
    private const string Variant = "808488898c8f90949a9ca0a4a8b0b4bb";

    private const string AllBytes =
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f" +
        "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f" +
        "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f" +
        "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f" +
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f" +
        "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf" +
        "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf" +
        "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
}
