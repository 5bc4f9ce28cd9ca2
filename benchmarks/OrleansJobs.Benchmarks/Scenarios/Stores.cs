using Npgsql;
using Orleans.Hosting;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Fresh stores for a run.</summary>
internal static class Stores
{
    private const int MaxConnections = 80;

    /// <summary>A new SQLite file, deleted after use.</summary>
    public static async Task<double> WithSqliteAsync(Func<Action<ISiloBuilder>, Task<double>> run)
    {
        var directory = Directory.CreateTempSubdirectory("orleansjobs-bench-");
        try
        {
            return await run(silo => silo.UseSqliteJobs(Path.Combine(directory.FullName, "jobs.db")));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>A new database in the given server.</summary>
    public static async Task<double> WithPostgresAsync(PostgresServer server, Func<Action<ISiloBuilder>, Task<double>> run)
    {
        var connectionString = await NewDatabaseAsync(server);
        return await run(silo => silo.UsePostgresJobs(connectionString));
    }

    /// <summary>A new database, with the job grains on the plain AdoNet storage provider.</summary>
    public static async Task<double> WithPlainAdoNetAsync(PostgresServer server, Func<Action<ISiloBuilder>, Task<double>> run)
    {
        var connectionString = await NewDatabaseAsync(server);
        return await run(silo => silo.UsePostgresJobs(connectionString).AddAdoNetGrainStorage("orleansjobs", options =>
        {
            options.Invariant = "Npgsql";
            options.ConnectionString = connectionString;
        }));
    }

    /// <summary>A database with a pool that leaves the server connections to spare, once those of the run before are closed.</summary>
    private static async Task<string> NewDatabaseAsync(PostgresServer server)
    {
        NpgsqlConnection.ClearAllPools();
        return new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { MaxPoolSize = MaxConnections }.ConnectionString;
    }
}
