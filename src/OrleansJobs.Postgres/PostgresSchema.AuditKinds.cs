namespace OrleansJobs.Postgres;

/// <content>The kinds of audit entries, by the numbers of <see cref="AuditKind"/>, and the place of each entry among those of its kind.</content>
internal static partial class PostgresSchema
{
    // By the place it is known how many entries of a kind came after one, without counting them. It comes from a sequence, so that nobody waits for
    // another's transaction. Entries of before, and of a silo of an earlier version, get their kind as the grid gives it: by what the JSON has, read as
    // text, in which a quote that is part of a value has a backslash. The index of random keys is made anew, since to write each row's costs more.
    private const string V9AuditKinds =
        """
        CREATE FUNCTION orleansjobs_audit_kind(document text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
            SELECT CASE
                WHEN document LIKE '%"verb":"submit"%' THEN 3
                WHEN document LIKE '%"verb":"wrong-key"%' OR document LIKE '%"outcome":"Refused"%' THEN 2
                WHEN document LIKE '%"verb":"sign-in"%' OR document LIKE '%"verb":"sign-out"%' THEN 1
                ELSE 0 END::smallint
        $$;

        ALTER TABLE job_audit ADD COLUMN kind smallint NOT NULL DEFAULT 0, ADD COLUMN place bigint NOT NULL DEFAULT 0;
        ALTER TABLE job_audit DROP CONSTRAINT job_audit_key_key;
        UPDATE job_audit SET kind = numbered.kind, place = numbered.place
            FROM (SELECT seq, kind, row_number() OVER (PARTITION BY kind ORDER BY seq) AS place
                FROM (SELECT seq, orleansjobs_audit_kind(document) AS kind FROM job_audit) AS told) AS numbered
            WHERE numbered.seq = job_audit.seq;
        ALTER TABLE job_audit ALTER COLUMN kind DROP DEFAULT, ALTER COLUMN place DROP DEFAULT, ADD CONSTRAINT job_audit_key_key UNIQUE (key);

        CREATE INDEX job_audit_kind ON job_audit (kind, seq);

        CREATE SEQUENCE job_audit_place_0 OWNED BY job_audit.place;
        CREATE SEQUENCE job_audit_place_1 OWNED BY job_audit.place;
        CREATE SEQUENCE job_audit_place_2 OWNED BY job_audit.place;
        CREATE SEQUENCE job_audit_place_3 OWNED BY job_audit.place;
        SELECT setval(('job_audit_place_' || kind)::regclass, max(place)) FROM job_audit GROUP BY kind;

        CREATE FUNCTION orleansjobs_audit_place() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
        BEGIN
            NEW.kind := coalesce(NEW.kind, orleansjobs_audit_kind(NEW.document));
            NEW.place := nextval(('job_audit_place_' || NEW.kind)::regclass);
            RETURN NEW;
        END
        $$;

        CREATE TRIGGER job_audit_place BEFORE INSERT ON job_audit FOR EACH ROW EXECUTE FUNCTION orleansjobs_audit_place();
        """;
}
