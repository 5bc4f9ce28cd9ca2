using Npgsql;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Postgres;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

public sealed class PostgresSetupTests : PostgresDatabaseTest
{
    [SkippableFact]
    public async Task Initialize_OnAnUnknownDatabase_SaysSo()
    {
        var connection = new NpgsqlConnectionStringBuilder(Harness.ConnectionString) { Database = "no_such_database" };
        await using var store = PostgresHarness.Create(new(connection.ConnectionString));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("no_such_database", error.Message);
    }

    [SkippableFact]
    public async Task Initialize_OnAReadOnlyDatabase_SaysSo()
    {
        var name = new NpgsqlConnectionStringBuilder(Harness.ConnectionString).Database;
        await Harness.ExecuteAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        await using var store = Harness.Create();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("is read-only", error.Message);
    }

    [SkippableFact]
    public async Task ForeignTransaction_LeftOpen_HoldsUpNobody()
    {
        var store = await Harness.OpenAsync();
        await store.AddAsync(Jobs.New());
        await using var other = await Harness.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("INSERT INTO jobs (class) VALUES ('email')", other, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        await store.AddEndedAsync(Jobs.New());
        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 1 }, (await store.CountAsync())["email"]);

        await transaction.RollbackAsync();
        Assert.Equal(2, (await store.ListAsync(new JobFilter(), null, 10, Jobs.Now)).Jobs.Count);
    }

    [SkippableFact]
    public async Task Insert_WithTheKeyOfAnOpenForeignTransaction_FailsAlone()
    {
        await using var store = PostgresHarness.Create(Harness.Options with { LockTimeout = TimeSpan.FromMilliseconds(300) });
        await store.InitializeAsync();
        await using var other = await Harness.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("INSERT INTO jobs (class, unique_key) VALUES ('email', 'k')", other, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        var jobs = Enumerable.Range(0, 15).Select(_ => Jobs.New()).ToList();
        var writes = jobs.Select(store.InsertAsync).ToList();
        var rival = store.InsertAsync(Jobs.New() with { UniqueKey = "k" });

        await Assert.ThrowsAsync<GridUnavailableException>(() => rival);
        Assert.All(await Task.WhenAll(writes), outcome => Assert.Equal(InsertStatus.Inserted, outcome.Status));
        await transaction.CommitAsync();
        Assert.Equal(InsertStatus.UniqueKeyTaken, (await store.InsertAsync(Jobs.New() with { UniqueKey = "k" })).Status);
    }

    [SkippableFact]
    public async Task Count_OfManyForeignRows_AddsThemToTheCountsForGood()
    {
        var store = await Harness.OpenAsync();
        await Harness.ExecuteAsync("INSERT INTO jobs (class) SELECT 'email' FROM generate_series(1, 1500)");

        Assert.Equal(1_500, (await store.CountAsync())["email"].Queued);
        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_counts_foreign"));
        Assert.Equal(1_500, (await store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task Writer_WhereCommitsAreAnsweredEarly_InsistsOnTheDisk()
    {
        var name = new NpgsqlConnectionStringBuilder(Harness.ConnectionString).Database;
        await Harness.ExecuteAsync($"ALTER DATABASE {name} SET synchronous_commit = off");
        await using var access = new PostgresAccess(
            Harness.Options, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System);
        await using var session = new PostgresSession(access);

        await using var command = new NpgsqlCommand("SHOW synchronous_commit", await session.OpenAsync());

        Assert.Equal("on", await command.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("Database=x")]
    public void Options_WithABadConnectionString_AreRefused(string connectionString) =>
        Assert.Throws<InvalidOptionsException>(() => PostgresHarness.Create(new(connectionString)));
}
