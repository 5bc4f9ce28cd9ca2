namespace OrleansJobs.Postgres;

/// <content>What deletes single jobs.</content>
internal static partial class PostgresSchema
{
    // Who adds lines to a job's log holds its row meanwhile. So the rows are locked first: the statement that deletes then sees those lines. All
    // writers lock rows in one order.
    private const string V10Delete =
        """
        CREATE PROCEDURE orleansjobs_delete(lock_wait text, d_id uuid[], d_version bigint[], INOUT deleted uuid[]) LANGUAGE plpgsql AS $$
        DECLARE
            own bigint;
        BEGIN
            PERFORM set_config('lock_timeout', lock_wait, true);
            own := orleansjobs_commit();
            PERFORM FROM jobs WHERE id = ANY (d_id) ORDER BY id FOR UPDATE;
            WITH gone AS (
                DELETE FROM jobs j USING unnest(d_id, d_version) AS n (id, version)
                WHERE j.id = n.id AND j.version = n.version AND j.state >= 4
                RETURNING j.id, j.class, j.state, j.tags
            ), unlogged AS (
                DELETE FROM job_log WHERE id IN (SELECT id FROM gone)
            ), untagged AS (
                DELETE FROM job_tags WHERE (tag, id) IN (
                    SELECT t.tag, gone.id FROM gone CROSS JOIN LATERAL jsonb_array_elements_text(gone.tags) AS t (tag)
                    WHERE gone.tags IS NOT NULL)
            ), counted AS (
                INSERT INTO job_count_changes
                SELECT own, class, 0, 0, 0, 0, -count(*) FILTER (WHERE state = 4), -count(*) FILTER (WHERE state = 5),
                    -count(*) FILTER (WHERE state = 6)
                FROM gone GROUP BY class
            )
            SELECT coalesce(array_agg(id), '{}') INTO deleted FROM gone;
            COMMIT;
        END
        $$;
        """;
}
