namespace OrleansJobs.Postgres;

/// <content>What keeps out of the table, or makes harmless in it, what the grid cannot work with.</content>
internal static partial class PostgresSchema
{
    // A check that is not valid yet is asked of every change of a row, so there are checks only of what each change of the grid's own writes
    // anew, in bounds: else a row from before could not even be made a dead letter. The rest is asked by a trigger of others' statements.
    private const string V6Guards =
        """
        CREATE FUNCTION orleansjobs_error_text(error text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
        BEGIN
            RETURN coalesce((error::json ->> 'type') || E'\n' || (error::json ->> 'message'), error);
        EXCEPTION WHEN OTHERS THEN
            RETURN error;
        END
        $$;

        CREATE FUNCTION orleansjobs_foreign_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        DECLARE
            fault text := CASE
                WHEN NEW.id = '00000000-0000-0000-0000-000000000000' THEN 'id must not be all zeros'
                WHEN NEW.submitted_at NOT BETWEEN '1900-01-01Z' AND '9000-01-01Z' THEN 'submitted_at must be from 1900 to 9000'
                WHEN NEW.timeout_us NOT BETWEEN 1000 AND 604800000000 THEN 'timeout_us must be from 1,000 to 604,800,000,000 (1 ms to 7 days)'
                WHEN jsonb_path_exists(NEW.tags, 'strict $[*] ? (@.type() <> "string")') THEN 'tags must be a list of words'
                WHEN octet_length(NEW.tags::text) > 65536 THEN 'tags must have 65,536 bytes at most'
                WHEN TG_OP = 'UPDATE' THEN NULL
                WHEN NEW.state IN (0, 1, 3) AND NEW.attempt >= NEW.max_attempts THEN 'attempt must be below max_attempts of a job that waits'
                WHEN NEW.state >= 4 AND NEW.finished_at IS NULL THEN 'finished_at must be given of a job that has ended'
                WHEN greatest(octet_length(NEW.progress), octet_length(NEW.last_error), octet_length(NEW.attempts)) > 2097152
                    THEN 'progress, last_error and attempts must have 2,097,152 bytes at most'
            END;
        BEGIN
            IF fault IS NOT NULL THEN
                RAISE EXCEPTION 'OrleansJobs refuses the row: %.', fault USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'INSERT' THEN
                PERFORM NEW.progress::json, NEW.last_error::json, NEW.attempts::json;
            END IF;
            RETURN NEW;
        END
        $$;

        CREATE TRIGGER jobs_foreign_guard BEFORE INSERT OR UPDATE OF id, submitted_at, timeout_us, tags ON jobs FOR EACH ROW
            WHEN (current_setting('orleansjobs.writer', true) IS DISTINCT FROM 'on')
            EXECUTE FUNCTION orleansjobs_foreign_guard();

        ALTER TABLE jobs
            ADD CONSTRAINT jobs_times CHECK (
                due_at BETWEEN '1900-01-01Z' AND '9000-01-01Z' AND started_at BETWEEN '1900-01-01Z' AND '9000-01-01Z'
                AND finished_at BETWEEN '1900-01-01Z' AND '9000-01-01Z') NOT VALID,
            ADD CONSTRAINT jobs_numbers CHECK (
                attempt BETWEEN 0 AND 1000000 AND silo_losses BETWEEN 0 AND 1000000 AND lease_token BETWEEN 0 AND 1125899906842624
                AND last_backoff_us BETWEEN 0 AND 31622400000000 AND waited_for BETWEEN 0 AND 1000) NOT VALID,
            ADD CONSTRAINT jobs_bodies CHECK (octet_length(checkpoint) <= 65536 AND octet_length(result) <= 262144) NOT VALID;
        """;
}
