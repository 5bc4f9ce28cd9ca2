using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Postgres;

/// <summary>The PostgreSQL store by the settings of a host: <c>JobGrid:Postgres:ConnectionString</c>, <c>Schema</c> and <c>DirectConnectionString</c>.</summary>
public sealed class PostgresStoreSettings : IStoreSettings
{
    private const string ConnectionStringKey = "Postgres:ConnectionString";

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public Action<JobGridBuilder> Read(SettingsReader settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var connectionString = settings.Text(ConnectionStringKey, "");
        settings.Require(connectionString.Length > 0,
            $"{JobSettings.Section}:{ConnectionStringKey} is empty; with {JobSettings.Section}:Store=postgres it has to name the database.");
        var schema = settings.Text("Postgres:Schema", "");
        var direct = settings.Text("Postgres:DirectConnectionString", "");
        return jobs => jobs.UsePostgresJobs(connectionString, options =>
        {
            options.Schema = schema.Length > 0 ? schema : null;
            options.DirectConnectionString = direct.Length > 0 ? direct : null;
        });
    }
}
