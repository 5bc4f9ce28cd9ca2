using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansJobs.Postgres;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Harness;

public sealed class PostgresHarness : StoreHarness
{
    // One server for the whole run; it ends with the process.
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => PostgresServer.StartAsync(durable: false));
    private static readonly Lazy<Task<PgBouncer>> Pooler = new(StartPoolerAsync);

    private PostgresHarness(string connectionString) => Options = new(ConnectionString = connectionString);

    /// <summary>The way of other programs; their tables are those of the store.</summary>
    public string ConnectionString { get; private init; }

    public override string Location => ConnectionString;

    public PostgresStoreOptions Options { get; private init; }

    /// <summary>A new database on the shared server; skips the test where there is no PostgreSQL.</summary>
    public static async Task<PostgresHarness> MakeAsync()
    {
        Skip.If(PostgresServer.WhyUnavailable is not null, PostgresServer.WhyUnavailable);
        return await MakeAsync(await Shared.Value);
    }

    /// <summary>A new database on a server.</summary>
    public static async Task<PostgresHarness> MakeAsync(PostgresServer server) => new(await server.CreateDatabaseAsync());

    /// <summary>A new database on the shared server, with the store in a schema of its own.</summary>
    public static async Task<PostgresHarness> MakeInSchemaAsync()
    {
        var harness = await MakeAsync();
        return harness.With(harness.Options with { Schema = "grid_a" });
    }

    /// <summary>The same with PgBouncer in between, which gives each transaction another session; skips the test where there is none.</summary>
    public static async Task<PostgresHarness> MakeBehindPoolerAsync()
    {
        Skip.If(PgBouncer.WhyUnavailable is not null, PgBouncer.WhyUnavailable);
        var harness = await MakeAsync();
        var pooler = await Pooler.Value;
        return harness.With(new(pooler.Through(harness.ConnectionString)) { DirectConnectionString = harness.ConnectionString, Schema = "grid_p" });
    }

    public override IJobStore Create() => Create(Options);

    public static IJobStore Create(PostgresStoreOptions options) =>
        new PostgresJobStore(options, NullLogger<PostgresJobStore>.Instance, TimeProvider.System);

    public override async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<long> ReadAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    /// <summary>A connection of another program.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Waits until a session waits for another one's lock.</summary>
    public async Task UntilBlockedAsync(Task blocked)
    {
        while (await ReadAsync("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
        {
            Assert.False(blocked.IsCompleted);
        }
    }

    /// <summary>Waits until no store has a session that writes; what such a session has counted is known then.</summary>
    public async Task UntilAloneAsync()
    {
        const string Busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'orleansjobs'";
        while (await ReadAsync(Busy) > 0)
        {
            await Task.Yield();
        }
    }

    protected override Task RemoveAsync() => Task.CompletedTask;

    private PostgresHarness With(PostgresStoreOptions options) =>
        new(new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = options.Schema }.ConnectionString) { Options = options };

    // Each database has a pool of its own; they stay open only for as long as a test needs them.
    private static async Task<PgBouncer> StartPoolerAsync() => await PgBouncer.StartAsync(
        await (await Shared.Value).CreateDatabaseAsync(), "transaction", "default_pool_size = 5", "server_idle_timeout = 5");
}
