using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Postgres;

/// <summary>The PostgreSQL store by the settings of a host: <c>JobGrid:Postgres:ConnectionString</c>, <c>Schema</c> and <c>DirectConnectionString</c>.</summary>
public sealed class PostgresStoreSettings : IStoreSettings
{
    private const string Section = "Postgres";

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public Action<JobGridBuilder> Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var connectionString = settings.Text($"{Section}:{nameof(PostgresStoreOptions.ConnectionString)}", "");
        var read = new PostgresStoreOptions(connectionString)
        {
            Schema = settings.Text($"{Section}:{nameof(PostgresStoreOptions.Schema)}"),
            DirectConnectionString = settings.Text($"{Section}:{nameof(PostgresStoreOptions.DirectConnectionString)}"),
        };
        foreach (var fault in read.PlaceFaults())
        {
            settings.Require(false, $"{JobSettings.Section}:{Section}:{fault}");
        }

        return jobs => jobs.UsePostgresJobs(connectionString, options => (options.Schema, options.DirectConnectionString) = (read.Schema, read.DirectConnectionString));
    }
}
