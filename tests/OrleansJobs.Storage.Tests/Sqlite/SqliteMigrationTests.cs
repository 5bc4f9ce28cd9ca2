using OrleansJobs.Sqlite;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Sqlite;

/// <summary>Files of earlier versions are brought up to date with all that is in them.</summary>
public sealed class SqliteMigrationTests : IAsyncLifetime
{
    private readonly SqliteHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Initialize_OnAuditOfVersionSeven_GivesEachEntryItsKind()
    {
        await MakeAsync(7);
        foreach (var (_, document) in EarlierAudit.Entries)
        {
            await _harness.ExecuteAsync($"INSERT INTO job_audit (at, document) VALUES (1764500000000000, '{document}')");
        }

        await EarlierAudit.AssertKindsAsync(await _harness.OpenAsync());
    }

    private async Task MakeAsync(int version)
    {
        await _harness.ExecuteAsync(SqliteSchema.VersionTable);
        foreach (var migration in SqliteSchema.Migrations.TakeWhile(migration => migration.Version <= version))
        {
            await _harness.ExecuteAsync(migration.Sql);
            await _harness.ExecuteAsync($"INSERT INTO orleansjobs_schema (version, migrated_at) VALUES ({migration.Version}, '2026-01-01')");
        }
    }
}
