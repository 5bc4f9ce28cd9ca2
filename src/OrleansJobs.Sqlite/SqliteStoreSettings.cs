using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Sqlite;

/// <summary>The SQLite store by the settings of a host: <c>JobGrid:Sqlite:Path</c>, <c>jobs.db</c> by default.</summary>
public sealed class SqliteStoreSettings : IStoreSettings
{
    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <inheritdoc/>
    public Action<JobGridBuilder> Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var path = settings.Text("Sqlite:Path", "jobs.db");
        return jobs => jobs.UseSqliteJobs(path);
    }
}
