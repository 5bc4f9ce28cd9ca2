using Npgsql;
using Orleans.Hosting;
using OrleansJobs.Benchmarks.Reporting;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Fresh stores for a run.</summary>
internal static class Stores
{
    private const int MaxConnections = 80;

    /// <summary>A new SQLite file, deleted after use.</summary>
    public static async Task<Figure> WithSqliteAsync(Func<string, Task<Figure>> run)
    {
        var directory = Directory.CreateTempSubdirectory("orleansjobs-bench-");
        try
        {
            return await run(Path.Combine(directory.FullName, "jobs.db"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>A new database in the given server, with a pool that leaves the server connections to spare, once those of the run before are closed.</summary>
    public static async Task<Figure> WithPostgresAsync(PostgresServer server, Func<string, Task<Figure>> run)
    {
        NpgsqlConnection.ClearAllPools();
        var database = await server.CreateDatabaseAsync();
        return await run(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = MaxConnections }.ConnectionString);
    }

    /// <summary>Has the job grains keep their state by the plain AdoNet storage provider.</summary>
    public static ISiloBuilder UsePlainAdoNet(this ISiloBuilder silo, string connectionString) =>
        silo.AddAdoNetGrainStorage("orleansjobs", options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connectionString;
        });
}
