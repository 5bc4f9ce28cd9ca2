namespace OrleansJobs.Sqlite;

/// <content>The kinds of audit entries, by the numbers of <see cref="AuditKind"/>, and the place of each entry among those of its kind.</content>
internal static partial class SqliteSchema
{
    // By the place it is known how many entries of a kind came after one, without counting them. Entries of before get their kind as the grid gives it.
    private const string V8AuditKinds =
        """
        ALTER TABLE job_audit ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE job_audit ADD COLUMN place INTEGER NOT NULL DEFAULT 0;

        UPDATE job_audit SET kind = CASE
            WHEN NOT json_valid(document) THEN 0
            WHEN json_extract(document, '$.verb') = 'submit' THEN 3
            WHEN json_extract(document, '$.verb') = 'wrong-key' OR json_extract(document, '$.outcome') = 'Refused' THEN 2
            WHEN json_extract(document, '$.verb') IN ('sign-in', 'sign-out') THEN 1
            ELSE 0 END;
        UPDATE job_audit SET place = numbered.place
            FROM (SELECT seq, row_number() OVER (PARTITION BY kind ORDER BY seq) AS place FROM job_audit) AS numbered
            WHERE numbered.seq = job_audit.seq;

        CREATE INDEX job_audit_kind ON job_audit (kind, seq);
        """;
}
