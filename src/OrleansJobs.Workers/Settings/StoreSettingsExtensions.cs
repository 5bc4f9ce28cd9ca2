using Microsoft.Extensions.Configuration;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the jobs where the settings of a host say.</summary>
public static class StoreSettingsExtensions
{
    /// <summary>
    /// Keeps the jobs in the store that <c>JobGrid:Store</c> names, with that store's own settings; the first of them by default. What is wrong
    /// with them is told when the host is checked, by <c>RunJobsAsync</c>.
    /// </summary>
    /// <param name="jobs">What the grid runs.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="stores">
    /// The stores that may be named, such as <c>new SqliteStoreSettings()</c> of OrleansJobs.Sqlite and <c>new PostgresStoreSettings()</c> of
    /// OrleansJobs.Postgres; at least one.
    /// </param>
    public static JobGridBuilder UseConfiguredStore(this JobGridBuilder jobs, IConfiguration configuration, params IReadOnlyList<IStoreSettings> stores)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentOutOfRangeException.ThrowIfZero(stores.Count, nameof(stores));
        var part = new StorePart(stores);
        jobs.Services.AddSingleton<IHostPart>(part);
        var settings = new JobSettings(configuration).Read();
        var use = part.Choose(settings);
        if (settings.Faults.Count == 0)
        {
            use(jobs);
        }

        return jobs;
    }
}
