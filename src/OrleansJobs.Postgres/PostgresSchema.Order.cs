namespace OrleansJobs.Postgres;

/// <content>The indexes that listings go by.</content>
internal static partial class PostgresSchema
{
    // A tag's rows get their time from the job where a statement does not give it: that of other programs, and of a silo of an earlier version.
    private const string V7Order =
        """
        CREATE INDEX jobs_submitted ON jobs (submitted_at, id);
        DROP INDEX jobs_failed;
        CREATE INDEX jobs_failed ON jobs (state, submitted_at, id) WHERE state >= 5;
        DROP INDEX jobs_errors;
        CREATE INDEX jobs_errors ON jobs (submitted_at, id) WHERE last_error IS NOT NULL;

        ALTER TABLE job_tags ADD COLUMN submitted_at timestamptz;
        UPDATE job_tags SET submitted_at = jobs.submitted_at FROM jobs WHERE jobs.id = job_tags.id;
        CREATE INDEX job_tags_submitted ON job_tags (tag, submitted_at, id);

        CREATE FUNCTION orleansjobs_tag_time() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        BEGIN
            NEW.submitted_at := coalesce((SELECT submitted_at FROM jobs WHERE id = NEW.id), now());
            RETURN NEW;
        END
        $$;

        CREATE TRIGGER job_tags_time BEFORE INSERT ON job_tags FOR EACH ROW WHEN (NEW.submitted_at IS NULL)
            EXECUTE FUNCTION orleansjobs_tag_time();
        """;
}
