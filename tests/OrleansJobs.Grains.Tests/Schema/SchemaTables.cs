using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansJobs.Grains.Schema;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Tests.Schema;

/// <summary>The Orleans tables of a test's database.</summary>
internal static class SchemaTables
{
    public static OrleansTables OfPostgres(string connectionString) => Of(new StoreDatabase
    {
        Provider = NpgsqlFactory.Instance,
        Invariant = SchemaSilo.Npgsql,
        ConnectionString = connectionString,
        Description = "The database of the test",
        IsShared = true,
    });

    public static OrleansTables OfSqlite(string connectionString) => Of(new StoreDatabase
    {
        Provider = SqliteFactory.Instance,
        Invariant = SchemaSilo.Sqlite,
        ConnectionString = connectionString,
        Description = "The file of the test",
        IsShared = false,
    });

    private static OrleansTables Of(StoreDatabase database) => new(database, NullLogger<OrleansTables>.Instance);
}
