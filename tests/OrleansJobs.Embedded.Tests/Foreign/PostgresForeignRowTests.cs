using Npgsql;
using OrleansJobs.Conformance;
using OrleansJobs.Embedded.Tests.Conformance;
using static OrleansJobs.Embedded.Tests.Foreign.RowEnd;

namespace OrleansJobs.Embedded.Tests.Foreign;

public sealed class PostgresForeignRowTests : ForeignRowConformance
{
    private static readonly string[] Checks = ["jobs_times", "jobs_numbers", "jobs_bodies"];
    private EmbeddedPostgresEngine _engine = null!;

    protected override IReadOnlyList<ForeignRow> Rows { get; } =
    [
        new("plain", Runs, "", ""),
        new("words", Runs, "tags", """'["a", "b"]'"""),
        new("many words", Runs, "tags", "(SELECT jsonb_agg('w' || n) FROM generate_series(1, 40) n)"),
        new("tags of a number", DeadLetter, "tags", "'[1]'"),
        new("tags in tags", DeadLetter, "tags", """'[["a"]]'"""),
        new("tags of objects", DeadLetter, "tags", """'["b", {"a": 1}]'"""),
        new("tags without end", Refused, "tags", "(SELECT jsonb_agg(repeat('w', 900) || n) FROM generate_series(1, 100) n)"),
        new("tags of null", Refused, "tags", "'[null]'"),
        new("tags that are none", Refused, "tags", """'{"a": 1}'"""),
        new("due never", DeadLetter, "due_at", "'infinity'"),
        new("due always", DeadLetter, "due_at", "'-infinity'"),
        new("due in 294276", DeadLetter, "due_at", "'294276-12-31'"),
        new("due in 4713 BC", DeadLetter, "due_at", "'4713-01-01 BC'"),
        new("due in 100 years", Waits, "due_at, state", "now() + interval '100 years', 0"),
        new("submitted never", DeadLetter, "submitted_at", "'infinity'"),
        new("submitted before time", DeadLetter, "submitted_at", "'-infinity'"),
        new("started never", DeadLetter, "started_at", "'infinity'"),
        new("timeout of 0", DeadLetter, "timeout_us", "0"),
        new("timeout below 0", DeadLetter, "timeout_us", "-1"),
        new("timeout of 60 days", DeadLetter, "timeout_us", "5184000000000"),
        new("timeout without end", DeadLetter, "timeout_us", "9223372036854775807"),
        new("timeout of a second", Runs, "timeout_us", "1000000"),
        new("no attempt left", DeadLetter, "attempt, max_attempts", "1, 1"),
        new("attempts overdrawn", DeadLetter, "attempt, max_attempts", "7, 3"),
        new("attempt below 0", DeadLetter, "attempt", "-5"),
        new("backoff without end", DeadLetter, "last_backoff_us", "9223372036854775807"),
        new("token without next", DeadLetter, "lease_token", "9223372036854775807"),
        new("token below 0", DeadLetter, "lease_token", "-1"),
        new("losses below 0", DeadLetter, "silo_losses", "-1"),
        new("losses", Runs, "silo_losses", "4"),
        new("version 0", Runs, "version", "0"),
        new("version without next", Runs, "version", "9223372036854775807"),
        new("reason unknown", DeadLetter, "waited_for", "9999"),
        new("trace that is none", Runs, "trace_parent", "'garbage'"),
        new("progress in words", DeadLetter, "progress", "'half done'"),
        new("error in words", DeadLetter, "last_error", "'boom'"),
        new("attempts cut off", DeadLetter, "attempts", "'[{]'"),
        new("checkpoint too large", DeadLetter, "checkpoint", "decode(repeat('00', 70000), 'hex')"),
        new("result too large", DeadLetter, "result", "decode(repeat('00', 300000), 'hex')"),
        new("payload that is no text", Fails, "payload", @"'\xff00'::bytea"),
        new("payload with a zero", Runs, "payload", """convert_to('{"name":"a\u0000b"}', 'UTF8')"""),
        new("no payload", Fails, "payload", "''"),
        new("to be cancelled", Runs, "cancel_requested", "true"),
        new("runs nowhere", Runs, "state", "2"),
        new("runs on no silo of ours", Runs, "state, silo, attempt", "2, 'S1', 1"),
        new("ended at no time", StaysOdd, "state", "4"),
        new("id of zeros", Refused, "id", "'00000000-0000-0000-0000-000000000000'"),
        new("id of ones", Runs, "id", "gen_random_uuid()"),
        new("state unknown", Refused, "state", "7"),
        new("priority too high", Refused, "priority", "10"),
        new("cost of 0", Refused, "cost", "0"),
    ];

    protected override async Task<IGridEngine> CreateEngineAsync() => _engine = (EmbeddedPostgresEngine)await EmbeddedPostgresEngine.CreateAsync();

    protected override async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_engine.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (PostgresException refused)
        {
            throw new InvalidOperationException(refused.MessageText, refused);
        }
    }

    /// <summary>The checks come back as a migration makes them: not valid for what is there.</summary>
    protected override async Task ExecuteUnguardedAsync(IEnumerable<string> inserts)
    {
        var names = string.Join(", ", Checks.Select(name => $"'{name}'"));
        await ExecuteAsync($"CREATE TABLE checks AS SELECT conname, pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE conname IN ({names})");
        await ExecuteAsync("ALTER TABLE jobs DISABLE TRIGGER jobs_foreign_guard");
        await ExecuteAsync(string.Join(';', Checks.Select(name => $"ALTER TABLE jobs DROP CONSTRAINT {name}")));
        foreach (var insert in inserts)
        {
            await ExecuteAsync(insert);
        }

        await ExecuteAsync("DO $$ DECLARE c record; BEGIN FOR c IN SELECT * FROM checks LOOP EXECUTE format('ALTER TABLE jobs ADD CONSTRAINT %I %s', c.conname, c.def); END LOOP; END $$");
        await ExecuteAsync("DROP TABLE checks");
    }
}
