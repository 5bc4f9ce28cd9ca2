namespace OrleansJobs.Sqlite;

/// <content>What keeps out of the table what the grid cannot work with. The writer's own statements run without triggers.</content>
internal static partial class SqliteSchema
{
    // A column takes a value of any type, and one of another type has another place in an index. So what waits already is given the type.
    private const string V6Guards =
        $"""
        UPDATE jobs SET tenant = CAST(tenant AS TEXT), priority = CAST(priority AS INTEGER), cost = CAST(cost AS INTEGER)
            WHERE state < 4 AND state <> 2 AND (typeof(tenant) <> 'text' OR typeof(priority) <> 'integer' OR typeof(cost) <> 'integer');

        CREATE TRIGGER jobs_guard_insert BEFORE INSERT ON jobs BEGIN {Guards} END;

        CREATE TRIGGER jobs_guard_update BEFORE UPDATE ON jobs BEGIN {Guards} END;
        """;

    private const string Guards =
        """
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: id must not be all zeros') WHERE NEW.id = zeroblob(16);
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: class, tenant, unique_key, silo, content_type, trace_parent, tags, progress, last_error and attempts are text')
            WHERE typeof(NEW.class) <> 'text' OR typeof(NEW.tenant) <> 'text' OR typeof(NEW.content_type) <> 'text' OR typeof(ifnull(NEW.unique_key, '')) <> 'text'
                OR typeof(ifnull(NEW.silo, '')) <> 'text' OR typeof(ifnull(NEW.trace_parent, '')) <> 'text' OR typeof(ifnull(NEW.tags, '')) <> 'text' OR typeof(ifnull(NEW.progress, '')) <> 'text' OR typeof(ifnull(NEW.last_error, '')) <> 'text' OR typeof(ifnull(NEW.attempts, '')) <> 'text';
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: numbers and times are whole numbers, times in microseconds since 1970')
            WHERE typeof(ifnull(NEW.state, 0)) <> 'integer' OR typeof(ifnull(NEW.priority, 0)) <> 'integer' OR typeof(ifnull(NEW.cost, 0)) <> 'integer' OR typeof(ifnull(NEW.version, 0)) <> 'integer' OR typeof(ifnull(NEW.attempt, 0)) <> 'integer'
                OR typeof(ifnull(NEW.max_attempts, 0)) <> 'integer' OR typeof(ifnull(NEW.lease_token, 0)) <> 'integer' OR typeof(ifnull(NEW.silo_losses, 0)) <> 'integer' OR typeof(ifnull(NEW.cancel_requested, 0)) <> 'integer'
                OR typeof(ifnull(NEW.timeout_us, 0)) <> 'integer' OR typeof(ifnull(NEW.last_backoff_us, 0)) <> 'integer' OR typeof(ifnull(NEW.waited_for, 0)) <> 'integer' OR typeof(ifnull(NEW.finished_seq, 0)) <> 'integer'
                OR typeof(ifnull(NEW.due_at, 0)) <> 'integer' OR typeof(ifnull(NEW.submitted_at, 0)) <> 'integer' OR typeof(ifnull(NEW.started_at, 0)) <> 'integer' OR typeof(ifnull(NEW.finished_at, 0)) <> 'integer';
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: times are in microseconds since 1970, from 1900 to 9000')
            WHERE NEW.due_at NOT BETWEEN -2208988800000000 AND 221845392000000000 OR NEW.submitted_at NOT BETWEEN -2208988800000000 AND 221845392000000000 OR NEW.started_at NOT BETWEEN -2208988800000000 AND 221845392000000000 OR NEW.finished_at NOT BETWEEN -2208988800000000 AND 221845392000000000;
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: timeout_us must be from 1,000 to 604,800,000,000 (1 ms to 7 days)')
            WHERE NEW.timeout_us NOT BETWEEN 1000 AND 604800000000;
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: attempt, silo_losses, lease_token, last_backoff_us or waited_for is out of range')
            WHERE NEW.attempt NOT BETWEEN 0 AND 1000000 OR NEW.silo_losses NOT BETWEEN 0 AND 1000000
                OR NEW.lease_token NOT BETWEEN 0 AND 1125899906842624 OR NEW.last_backoff_us NOT BETWEEN 0 AND 31622400000000
                OR NEW.waited_for NOT BETWEEN 0 AND 1000;
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: attempt must be below max_attempts of a job that waits')
            WHERE NEW.state IN (0, 1, 3) AND NEW.attempt >= NEW.max_attempts;
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: finished_at must be given of a job that has ended')
            WHERE NEW.state >= 4 AND NEW.finished_at IS NULL;
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: checkpoint, result, tags, progress, last_error or attempts is too large')
            WHERE length(NEW.checkpoint) > 65536 OR length(NEW.result) > 262144 OR length(NEW.tags) > 65536
                OR length(NEW.progress) > 2097152 OR length(NEW.last_error) > 2097152 OR length(NEW.attempts) > 2097152;
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: progress, last_error and attempts must be JSON')
            WHERE NOT json_valid(ifnull(NEW.progress, '0')) OR NOT json_valid(ifnull(NEW.last_error, '0')) OR NOT json_valid(ifnull(NEW.attempts, '0'));
        SELECT RAISE(ABORT, 'OrleansJobs refuses the row: tags must be a list of words')
            WHERE json_type(NEW.tags) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.tags) WHERE type <> 'text');
        """;
}
