namespace OrleansJobs.Sqlite;

/// <content>The indexes that listings go by.</content>
internal static partial class SqliteSchema
{
    // With the time in the index of waiting jobs, few of them are sorted from that index alone.
    private const string V7Order =
        """
        CREATE INDEX jobs_submitted ON jobs (submitted_at, id);
        DROP INDEX jobs_class;
        CREATE INDEX jobs_class ON jobs (class, submitted_at, id, tenant);
        DROP INDEX jobs_failed;
        CREATE INDEX jobs_failed ON jobs (state, submitted_at, id) WHERE state >= 5;
        DROP INDEX jobs_errors;
        CREATE INDEX jobs_errors ON jobs (submitted_at, id) WHERE last_error IS NOT NULL;
        DROP INDEX jobs_waiting;
        CREATE INDEX jobs_waiting ON jobs (class, tenant, priority DESC, due_at, id, cost, state, submitted_at) WHERE state < 4 AND state <> 2;

        DROP TRIGGER jobs_tags_insert;
        DROP TRIGGER jobs_tags_delete;
        CREATE TABLE job_tags_by_time (
            tag TEXT NOT NULL, submitted_at INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY (tag, submitted_at, id)) WITHOUT ROWID;
        INSERT INTO job_tags_by_time (tag, submitted_at, id)
            SELECT tag, jobs.submitted_at, jobs.id FROM job_tags JOIN jobs ON jobs.id = job_tags.id;
        DROP TABLE job_tags;
        ALTER TABLE job_tags_by_time RENAME TO job_tags;

        CREATE TRIGGER jobs_tags_insert AFTER INSERT ON jobs WHEN NEW.tags IS NOT NULL BEGIN
            INSERT INTO job_tags (tag, submitted_at, id) SELECT DISTINCT value, NEW.submitted_at, NEW.id FROM json_each(NEW.tags);
        END;

        CREATE TRIGGER jobs_tags_delete AFTER DELETE ON jobs WHEN OLD.tags IS NOT NULL BEGIN
            DELETE FROM job_tags WHERE (tag, submitted_at, id) IN (SELECT value, OLD.submitted_at, OLD.id FROM json_each(OLD.tags));
        END;
        """;
}
