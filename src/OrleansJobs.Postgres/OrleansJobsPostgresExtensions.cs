using Npgsql;
using OrleansJobs.Postgres;
using OrleansJobs.Workers.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps a grid's jobs in PostgreSQL.</summary>
public static class OrleansJobsPostgresExtensions
{
    /// <summary>The name that Orleans knows the provider by.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Keeps the jobs, what operators change, and with Orleans the cluster's membership in a PostgreSQL database: for any number of silos,
    /// or for one process with the embedded engine.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="connectionString">
    /// The database, for Npgsql. If it leads through a pooler, see <see cref="PostgresStoreOptions.DirectConnectionString"/>.
    /// </param>
    /// <param name="configure">Sets options of the store, such as its <see cref="PostgresStoreOptions.Schema"/>.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">At start: options are not valid; the text lists every fault.</exception>
    /// <exception cref="OrleansJobs.StoreInUseException">At start: another process has the store for itself; the text names it.</exception>
    /// <exception cref="OrleansJobs.StoreSetupException">At start: the database is missing, read-only, or of a newer schema.</exception>
    public static JobGridBuilder UsePostgresJobs(
        this JobGridBuilder jobs, string connectionString, Action<PostgresStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var options = new PostgresStoreOptions(connectionString);
        configure?.Invoke(options);
        jobs.Services.UseJobStore(new JobStoreDescriptor
        {
            Name = "PostgreSQL",
            Create = services => ActivatorUtilities.CreateInstance<PostgresJobStore>(services, options),
            Database = new StoreDatabase
            {
                Provider = NpgsqlFactory.Instance,
                Invariant = Invariant,
                ConnectionString = PostgresSource.ForOthers(options),
                Description = PostgresSource.Describe(options),
                Schema = options.Schema,
                IsShared = true,
            },
        });
        return jobs;
    }
}
