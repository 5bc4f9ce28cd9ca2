using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>Databases of earlier versions are brought up to date with all that is in them.</summary>
public sealed class PostgresMigrationTests : PostgresDatabaseTest
{
    [SkippableFact]
    public async Task Initialize_OnJobsOfVersionFive_KeepsTheirCountsAndTheOrderOfTheirResults()
    {
        await VersionFive.MakeAsync(Harness);
        await VersionFive.FillAsync(Harness, "email", 40);
        await VersionFive.FillAsync(Harness, "index", 3);
        await Harness.ExecuteAsync("INSERT INTO jobs (class) SELECT 'email' FROM generate_series(1, 5)");

        var store = await Harness.OpenAsync();

        Assert.Equal(All(40) with { Queued = 45 }, (await store.CountAsync())["email"]);
        Assert.Equal(All(3), (await store.CountAsync())["index"]);
        var results = await store.ReadFinishedAsync("email", 0, 1_000);
        Assert.Equal(Enumerable.Range(1, 280).Where(n => n % 7 >= 4).Select(n => (long)n), results.Select(entry => entry.Sequence));

        var added = await store.AddEndedAsync(Jobs.New());
        var after = await store.ReadFinishedAsync("email", results[^1].Sequence, 10);
        Assert.Equal([added.Id], after.Select(entry => entry.Job.Id));
        Assert.Equal(40 + 40 + 40, await store.PruneAsync("email", DateTimeOffset.UtcNow.AddDays(1), 1_000) - 1);
        Assert.Equal(All(40) with { Queued = 45, Succeeded = 0, DeadLettered = 0, Cancelled = 0 }, (await store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Writes_OfASiloOfVersionFiveThatStillRuns_AreCountedAndCloseUpInTheResults()
    {
        await VersionFive.MakeAsync(Harness);
        await VersionFive.FillAsync(Harness, "email", 5);
        var store = await Harness.OpenAsync();
        var (first, old, last) = (Jobs.New(), Jobs.New(), Jobs.New());
        await store.AddAsync(old);
        await store.WriteAsync(old, old.Start());

        await store.AddEndedAsync(first);
        var seen = await store.ReadFinishedAsync("email", 0, 1_000);
        await VersionFive.EndAsync(Harness, old.Id);
        await store.AddEndedAsync(last);

        Assert.Equal([old.Id, last.Id], (await store.ReadFinishedAsync("email", seen[^1].Sequence, 10)).Select(entry => entry.Job.Id));
        Assert.Equal(All(5) with { Succeeded = 8 }, (await store.CountAsync())["email"]);
    }

    [SkippableFact]
    public async Task Initialize_OnAuditOfVersionEight_GivesEachEntryItsKind()
    {
        await VersionFive.MakeAsync(Harness, version: 8);
        await AuditAsVersionEightAsync([.. EarlierAudit.Entries.Select(entry => entry.Document)]);

        await EarlierAudit.AssertKindsAsync(await Harness.OpenAsync());
    }

    [SkippableFact]
    public async Task Audit_OfASiloOfVersionEightThatStillRuns_HasItsKind()
    {
        await VersionFive.MakeAsync(Harness, version: 8);
        var store = await Harness.OpenAsync();

        await AuditAsVersionEightAsync([.. EarlierAudit.Entries.Select(entry => entry.Document)]);

        await EarlierAudit.AssertKindsAsync(store);
    }

    [SkippableFact]
    public async Task Initialize_BesideAReaderThatTakesLong_WaitsForItAndLetsOthersRead()
    {
        await VersionFive.MakeAsync(Harness, version: 3);
        await using var dump = await Harness.ConnectAsync();
        var transaction = await dump.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("LOCK TABLE jobs IN ACCESS SHARE MODE", dump, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        // Commands may take a second, and the migration has to wait for longer.
        await using var store = PostgresHarness.Create(Harness.Options with { CommandTimeout = TimeSpan.FromSeconds(1) });
        var opening = store.InitializeAsync();
        for (var time = 0; time < 2; time++)
        {
            await Harness.UntilBlockedAsync(opening);

            // Behind the migration this one has to wait, but not until the end of the dump.
            Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM jobs"));
        }

        await transaction.CommitAsync();

        await opening;
        await store.AddAsync(Jobs.New());
    }

    private async Task AuditAsVersionEightAsync(params string[] documents)
    {
        foreach (var document in documents)
        {
            await Harness.ExecuteAsync($"INSERT INTO job_audit (key, at, document) VALUES (gen_random_uuid(), now(), '{document}') ON CONFLICT DO NOTHING");
        }
    }

    private static JobCounts All(long count) => new()
    {
        Scheduled = count,
        Queued = count,
        Running = count,
        Retrying = count,
        Succeeded = count,
        DeadLettered = count,
        Cancelled = count,
    };
}
