using LearningPlatform.Hosting.Probes;
using OrleansJobs.Postgres;
using OrleansJobs.Sqlite;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace LearningPlatform.Hosting;

/// <summary>What every host of the learning platform has, whatever its engine.</summary>
public static class PlatformRegistration
{
    /// <summary>
    /// Adds the learning platform's classes, the probes if <c>JobGrid:Probe:Enabled</c> says so, and the store that <c>JobGrid:Store</c> names.
    /// </summary>
    public static JobGridBuilder AddPlatform(this JobGridBuilder jobs, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return jobs
            .AddLearningPlatform(configuration.GetSection("LearningPlatform"))
            .AddProbes(ProbeOptions.Read(new JobSettings(configuration).Read()))
            .UseConfiguredStore(configuration, new SqliteStoreSettings(), new PostgresStoreSettings());
    }
}
