using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Postgres;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>Sessions that end, that are few, or that lead to a server which can no longer be written.</summary>
public sealed class PostgresSessionTests : PostgresDatabaseTest
{
    private static readonly AuditBounds[] Bounds = [new(AuditKind.Change, 100, Jobs.Now)];

    [SkippableFact]
    public async Task Write_OnASessionOfAServerThatBecameReadOnly_TakesANewSessionTheNextTime()
    {
        await using var store = PostgresHarness.Create(Harness.Options with { MaxRetries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) });
        await store.InitializeAsync();
        await SetReadOnlyAsync(true);
        await EndSessionsAsync();
        var error = await Assert.ThrowsAsync<GridUnavailableException>(() => store.InsertAsync(Jobs.New()));
        Assert.Contains("read-only", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GridUnavailableException>(() => store.AppendAuditAsync(Jobs.Now, AuditKind.Change, "{}", Bounds));

        // The new server takes over; sessions with the one before are not ended by it.
        await SetReadOnlyAsync(false);

        await store.AddEndedAsync(Jobs.New());
        await store.AppendAuditAsync(Jobs.Now, AuditKind.Change, "{}", Bounds);
    }

    [SkippableFact]
    public async Task EachAct_AfterIdleSessionsWereEnded_WorksAtOnce()
    {
        var store = await Harness.OpenAsync();
        var job = await store.AddAsync(Jobs.New());
        Func<Task>[] acts =
        [
            () => store.WriteAsync(job, job.Start()),
            () => store.AppendAuditAsync(Jobs.Now, AuditKind.Change, "{}", Bounds),
            () => store.WriteClassSettingsAsync("email", new(1, "{}")),
            () => store.FindAsync(job.Id),
            () => store.CountAsync(),
            () => store.PruneAsync("email", Jobs.Now, 10),
        ];
        foreach (var act in acts)
        {
            await EndSessionsAsync();
            await act();
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Store_WithAPoolOfFewSessions_Works(int sessions)
    {
        var connection = new NpgsqlConnectionStringBuilder(Harness.ConnectionString) { MaxPoolSize = sessions, Timeout = 5 };
        await using var store = PostgresHarness.Create(new(connection.ConnectionString));
        await store.InitializeAsync();
        await using var ownership = await store.OwnAsync(StoreClaim.Exclusive);
        using var stop = new CancellationTokenSource();
        await using var watch = store.WatchForeignInsertsAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await watch.MoveNextAsync());

        var job = await store.AddEndedAsync(Jobs.New());

        Assert.Equal([job.Id], (await store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.CountAsync()));
        await stop.CancelAsync();
    }

    [SkippableFact]
    public async Task OtherLibraries_AfterIdleSessionsWereEnded_GetOneThatWorks()
    {
        for (var time = 0; time < 3; time++)
        {
            await using var connection = new NpgsqlConnection(PostgresSource.ForOthers(Harness.Options));
            await connection.OpenAsync();
            await using (var command = new NpgsqlCommand("SELECT 1", connection))
            {
                Assert.Equal(1, await command.ExecuteScalarAsync());
            }

            await connection.CloseAsync();
            await EndSessionsAsync();
        }
    }

    [SkippableTheory]
    [InlineData("off", "on")]
    [InlineData("remote_apply", "remote_apply")]
    public async Task Audit_WhereCommitsAreAnsweredEarly_InsistsOnTheDisk(string set, string used)
    {
        await Harness.ExecuteAsync($"ALTER DATABASE {Database} SET synchronous_commit = {set}");
        await using var access = new PostgresAccess(
            Harness.Options, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System);

        var shown = await new PostgresReader(access).ReadAsync("SHOW synchronous_commit", row => row.GetString(0));

        Assert.Equal([used], shown);
    }

    private string Database => new NpgsqlConnectionStringBuilder(Harness.ConnectionString).Database!;

    private Task SetReadOnlyAsync(bool isReadOnly) =>
        Harness.ExecuteAsync($"BEGIN READ WRITE; ALTER DATABASE {Database} SET default_transaction_read_only = {(isReadOnly ? "on" : "off")}; COMMIT");

    private Task<long> EndSessionsAsync() => Harness.ReadAsync(
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}
