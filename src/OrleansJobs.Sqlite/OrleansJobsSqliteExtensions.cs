using OrleansJobs.Sqlite;
using OrleansJobs.Workers.Registration;
using SqliteConnectionStringBuilder = Microsoft.Data.Sqlite.SqliteConnectionStringBuilder;
using SqliteFactory = Microsoft.Data.Sqlite.SqliteFactory;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps a grid's jobs in SQLite.</summary>
public static class OrleansJobsSqliteExtensions
{
    /// <summary>The name that Orleans knows the provider by.</summary>
    private const string Invariant = "System.Data.SQLite";

    /// <summary>
    /// Keeps the jobs, and what operators change, in a SQLite file. One process may use it: the embedded engine, or one silo.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="path">The file; it is made if it is missing, its directory has to be there.</param>
    /// <param name="configure">Sets options of the store.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">At start: options are not valid; the text lists every fault.</exception>
    /// <exception cref="OrleansJobs.StoreInUseException">At start: another process has the store; the text names it.</exception>
    /// <exception cref="OrleansJobs.StoreSetupException">At start: the file cannot be made or written, or is of a newer schema.</exception>
    public static JobGridBuilder UseSqliteJobs(this JobGridBuilder jobs, string path, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var options = new SqliteStoreOptions(path);
        configure?.Invoke(options);
        jobs.Services.UseJobStore(new JobStoreDescriptor
        {
            Name = "SQLite",
            Create = services => ActivatorUtilities.CreateInstance<SqliteJobStore>(services, options),
            Database = new StoreDatabase
            {
                Provider = SqliteFactory.Instance,
                Invariant = Invariant,
                ConnectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString(),
                Description = $"The SQLite database '{path}'",
                IsShared = false,
            },
        });
        return jobs;
    }

    /// <summary>
    /// Runs the grid in this process and keeps the jobs in a SQLite file: <c>UseEmbedded()</c> and <see cref="UseSqliteJobs"/> in one.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="path">The file; it is made if it is missing, its directory has to be there.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">At start: options are not valid; the text lists every fault.</exception>
    /// <exception cref="OrleansJobs.StoreInUseException">At start: another process has the store; the text names it.</exception>
    /// <exception cref="OrleansJobs.StoreSetupException">At start: the file cannot be made or written, or is of a newer schema.</exception>
    public static JobGridBuilder UseEmbedded(this JobGridBuilder jobs, string path) => jobs.UseSqliteJobs(path).UseEmbedded();
}
