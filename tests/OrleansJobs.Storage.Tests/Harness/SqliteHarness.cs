using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Sqlite;

namespace OrleansJobs.Storage.Tests.Harness;

public sealed class SqliteHarness : StoreHarness
{
    private readonly string _directory = Directory.CreateTempSubdirectory("orleansjobs-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(_directory, "jobs.db");

    public override string Location => Path;

    public SqliteStoreOptions Options => new(Path);

    public override IJobStore Create() => Create(Options);

    public static IJobStore Create(SqliteStoreOptions options) =>
        new SqliteJobStore(options, NullLogger<SqliteJobStore>.Instance, TimeProvider.System);

    public override Task ExecuteAsync(string sql)
    {
        using var connection = SqliteConnection.Open(Path, readOnly: false, TimeSpan.FromSeconds(10));
        connection.ExecuteScript(sql);
        return Task.CompletedTask;
    }

    public override Task<long> ReadAsync(string sql)
    {
        using var connection = SqliteConnection.Open(Path, readOnly: false, TimeSpan.FromSeconds(10));
        return Task.FromResult(connection.ReadLong(sql));
    }

    protected override Task RemoveAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }
}
