using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansJobs.Postgres;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Harness;

public sealed class PostgresHarness : StoreHarness
{
    // One server for the whole run; it ends with the process.
    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => PostgresServer.StartAsync(durable: false));

    private PostgresHarness(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public override string Location => ConnectionString;

    public PostgresStoreOptions Options => new(ConnectionString);

    /// <summary>A new database on the shared server; skips the test where there is no PostgreSQL.</summary>
    public static async Task<PostgresHarness> MakeAsync()
    {
        Skip.If(PostgresServer.WhyUnavailable is not null, PostgresServer.WhyUnavailable);
        return await MakeAsync(await Shared.Value);
    }

    /// <summary>A new database on a server.</summary>
    public static async Task<PostgresHarness> MakeAsync(PostgresServer server) => new(await server.CreateDatabaseAsync());

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

    protected override Task RemoveAsync() => Task.CompletedTask;
}
