using Npgsql;
using OrleansJobs.Postgres;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>PgBouncer between the store and the server. That all works behind it with a direct way is shown by the conformance suite.</summary>
public sealed class PostgresPoolerTests : IAsyncLifetime
{
    private PostgresHarness? _harness;
    private PgBouncer? _pooler;

    public async Task InitializeAsync()
    {
        Skip.If(PgBouncer.WhyUnavailable is not null, PgBouncer.WhyUnavailable);
        _harness = await PostgresHarness.MakeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }

        NpgsqlConnection.ClearAllPools();
        if (_pooler is not null)
        {
            await _pooler.DisposeAsync();
        }
    }

    [SkippableTheory]
    [InlineData("transaction")]
    [InlineData("transaction", "ignore_startup_parameters = options,search_path,extra_float_digits")]
    [InlineData("transaction", "server_round_robin = 1")]
    [InlineData("transaction", "default_pool_size = 1")]
    [InlineData("statement")]
    public async Task Initialize_WhereSessionsDoNotHold_IsRefusedWithTheWayOut(string mode, params string[] settings)
    {
        await using var store = PostgresHarness.Create(new(await ThroughAsync(mode, settings)));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("connection pooler", error.Message, StringComparison.Ordinal);
        Assert.Contains("JobGrid:Postgres:DirectConnectionString", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _harness!.ReadAsync("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Initialize_BehindAPoolOfTooFewSessions_SaysSo(int size)
    {
        await using var store = PostgresHarness.Create(new(await ThroughAsync("session", $"default_pool_size = {size}")));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("its pool is too small", error.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData]
    [InlineData("ignore_startup_parameters = options,search_path,extra_float_digits")]
    public async Task Store_BehindAPoolerThatKeepsSessions_Works(params string[] settings)
    {
        var options = new PostgresStoreOptions(await ThroughAsync("session", settings)) { Schema = "grid_s" };
        await using var store = PostgresHarness.Create(options);
        await store.InitializeAsync();
        await using var owned = await store.OwnAsync(StoreClaim.Exclusive);

        await store.AddEndedAsync(Jobs.New());
        await _harness!.ExecuteAsync("INSERT INTO grid_s.jobs (class) VALUES ('email')");

        Assert.Equal(new JobCounts { Queued = 1, Succeeded = 1 }, (await store.CountAsync())["email"]);
        Assert.Equal(1, await _harness.ReadAsync("SELECT count(*) FROM grid_s.job_counts_foreign"));
        await using var other = PostgresHarness.Create(options);
        await other.InitializeAsync();
        await Assert.ThrowsAsync<StoreInUseException>(() => other.OwnAsync(StoreClaim.Exclusive));
    }

    [SkippableFact]
    public async Task Initialize_WithSettingsThatThePoolerRefuses_SaysWhichToTakeOut()
    {
        var connection = new NpgsqlConnectionStringBuilder(await ThroughAsync("session")) { SearchPath = "public" }.ConnectionString;
        await using var store = PostgresHarness.Create(new(connection));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("search_path", error.Message, StringComparison.Ordinal);
        Assert.Contains("set Schema", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Initialize_WithADirectWayThatIsAPoolers_IsRefused()
    {
        var through = await ThroughAsync("transaction");
        await using var store = PostgresHarness.Create(new(through) { DirectConnectionString = through });

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.StartsWith("DirectConnectionString", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Initialize_WithADirectWayToAnotherDatabase_IsRefused()
    {
        await using var elsewhere = await PostgresHarness.MakeAsync();
        await using var store = PostgresHarness.Create(
            new(await ThroughAsync("transaction")) { DirectConnectionString = elsewhere.ConnectionString });

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => store.InitializeAsync());

        Assert.Contains("another database", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> ThroughAsync(string mode, params string[] settings)
    {
        _pooler = await PgBouncer.StartAsync(_harness!.ConnectionString, mode, settings);
        return _pooler.Through(_harness.ConnectionString);
    }
}
