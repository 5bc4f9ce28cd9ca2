using OrleansJobs.Conformance;
using OrleansJobs.Embedded.Tests.Conformance;
using SQLitePCL;
using static OrleansJobs.Embedded.Tests.Foreign.RowEnd;

namespace OrleansJobs.Embedded.Tests.Foreign;

public sealed class SqliteForeignRowTests : ForeignRowConformance
{
    private readonly EmbeddedSqliteEngine _engine = new();

    protected override IReadOnlyList<ForeignRow> Rows { get; } =
    [
        new("plain", Runs, "", ""),
        new("words", Runs, "tags", """'["a", "b"]'"""),
        new("tags of a number", DeadLetter, "tags", "'[1]'"),
        new("tags in tags", DeadLetter, "tags", """'[["a"]]'"""),
        new("tags of an object", DeadLetter, "tags", """'{"a": 1}'"""),
        new("tags of one word", DeadLetter, "tags", """'"x"'"""),
        new("tags that are none", Refused, "tags", "'x'"),
        new("due in nanoseconds", DeadLetter, "due_at", "1790000000000000000"),
        new("due in milliseconds", Runs, "due_at", "1790000000000"),
        new("due in words", DeadLetter, "due_at", "'2026-12-01 10:00:00'"),
        new("due at a whole real", Runs, "due_at", "1.7e15"),
        new("due at half a microsecond", DeadLetter, "due_at", "1700000000000000.5"),
        new("due before time", DeadLetter, "due_at", "-9223372036854775808"),
        new("due never", DeadLetter, "due_at", "9223372036854775807"),
        new("due in 100 years", Waits, "due_at, state", "4900000000000000, 0"),
        new("submitted in nanoseconds", DeadLetter, "submitted_at", "1790000000000000000"),
        new("submitted in words", DeadLetter, "submitted_at", "'today'"),
        new("started never", DeadLetter, "started_at", "9223372036854775807"),
        new("timeout of 0", DeadLetter, "timeout_us", "0"),
        new("timeout of 60 days", DeadLetter, "timeout_us", "5184000000000"),
        new("timeout without end", DeadLetter, "timeout_us", "9223372036854775807"),
        new("timeout in words", DeadLetter, "timeout_us", "'long'"),
        new("no attempt left", DeadLetter, "attempt, max_attempts", "1, 1"),
        new("attempts overdrawn", DeadLetter, "attempt, max_attempts", "7, 3"),
        new("attempt below 0", DeadLetter, "attempt", "-5"),
        new("attempt in words", DeadLetter, "attempt", "'one'"),
        new("attempt beyond 32 bits", DeadLetter, "attempt", "4294967296"),
        new("token without next", DeadLetter, "lease_token", "9223372036854775807"),
        new("losses below 0", DeadLetter, "silo_losses", "-1"),
        new("version without next", Runs, "version", "9223372036854775807"),
        new("reason unknown", DeadLetter, "waited_for", "9999"),
        new("backoff without end", DeadLetter, "last_backoff_us", "9223372036854775807"),
        new("trace that is none", Runs, "trace_parent", "'garbage'"),
        new("progress in words", DeadLetter, "progress", "'half done'"),
        new("error in words", DeadLetter, "last_error", "'boom'"),
        new("attempts cut off", DeadLetter, "attempts", "'[{]'"),
        new("checkpoint too large", DeadLetter, "checkpoint", "zeroblob(70000)"),
        new("payload as bytes", Runs, "payload", "CAST('{\"name\":\"odd\"}' AS BLOB)"),
        new("payload that is no text", Fails, "payload", "x'ff00'"),
        new("no payload", Fails, "payload", "''"),
        new("runs nowhere", Runs, "state", "2"),
        new("runs on a silo with a zero", Runs, "state, silo, attempt", "2, 'S' || char(0) || '1', 1"),
        new("ended at no time", StaysOdd, "state", "4"),
        new("id of zeros", Refused, "id", "zeroblob(16)"),
        new("id in words", Refused, "id", "'job'"),
        new("priority in words", Refused, "priority", "'high'"),
        new("priority in between", Refused, "priority", "5.5"),
        new("key as bytes", Refused, "unique_key", "x'00ff'"),
    ];

    protected override Task<IGridEngine> CreateEngineAsync() => Task.FromResult<IGridEngine>(_engine);

    protected override Task ExecuteAsync(string sql)
    {
        Execute(sql);
        return Task.CompletedTask;
    }

    private void Execute(string sql)
    {
        raw.sqlite3_open(_engine.Path, out var file);
        using (file)
        {
            raw.sqlite3_busy_timeout(file, 10_000);
            if (raw.sqlite3_exec(file, sql) != raw.SQLITE_OK)
            {
                throw new InvalidOperationException(raw.sqlite3_errmsg(file).utf8_to_string());
            }
        }
    }

    protected override async Task ExecuteUnguardedAsync(IEnumerable<string> inserts)
    {
        await ExecuteAsync("DROP TRIGGER jobs_guard_insert; DROP TRIGGER jobs_guard_update");
        foreach (var insert in inserts)
        {
            await ExecuteAsync(insert);
        }
    }
}
