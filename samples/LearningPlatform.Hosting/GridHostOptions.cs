using LearningPlatform.Hosting.Probes;
using OrleansJobs;
using OrleansJobs.Dashboard;
using OrleansJobs.Telemetry;
using OrleansJobs.Workers.Registration;

namespace LearningPlatform.Hosting;

/// <summary>The settings that every host has, from appsettings.json, environment and command line; checked together.</summary>
public sealed record GridHostOptions
{
    internal const string Section = "JobGrid";
    internal const string ClassesSection = "Classes";
    internal const string WorkersSection = "Workers";
    internal const string AccessSection = "Access";
    internal const string TelemetrySection = "Telemetry";
    internal const string ShutdownTimeoutKey = "ShutdownTimeoutSeconds";
    internal const string HttpSection = "Http";
    internal const string HttpUrlKey = "Http:Url";

    /// <summary>Where the jobs are durable.</summary>
    public StoreKind Store { get; private init; }

    /// <summary>The database file, with <see cref="StoreKind.Sqlite"/>.</summary>
    public string SqlitePath { get; private init; } = "";

    /// <summary>The database, with <see cref="StoreKind.Postgres"/>.</summary>
    public string PostgresConnectionString { get; private init; } = "";

    /// <summary>Where the HTTP API is.</summary>
    public IReadOnlyList<string> HttpUrls { get; private init; } = [];

    /// <summary>How long the process may take to leave, in whole seconds.</summary>
    public TimeSpan ShutdownTimeout { get; private init; }

    /// <summary>How much of the audit trail is kept.</summary>
    public AuditOptions Audit { get; private init; } = new();

    internal ProbeOptions Probe { get; private init; } = new(Enabled: false, EffectsDirectory: null);

    /// <summary>Reads the host's settings and the engine's.</summary>
    /// <exception cref="InvalidOptionsException">Lists every fault with its key, value and range.</exception>
    internal static GridHostOptions Read(IConfiguration configuration, IHostEngine engine)
    {
        var reader = new SettingsReader(configuration.GetSection(Section));
        var options = new GridHostOptions
        {
            Store = reader.Choice("Store", StoreKind.Sqlite),
            SqlitePath = reader.Text("Sqlite:Path", "jobs.db"),
            PostgresConnectionString = reader.Text("Postgres:ConnectionString", ""),
            HttpUrls = OrleansJobsHttpOptions.UrlsOf(configuration),
            Probe = ProbeOptions.Read(reader),
            Audit = ReadAudit(reader),
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number(ShutdownTimeoutKey, 40, 1, 3_600)),
        };
        engine.Read(reader);
        options.Check(reader);
        CheckElsewhere(reader, configuration);
        reader.RefuseUnknown(ClassesSection, WorkersSection, AccessSection, HttpSection, TelemetrySection);
        reader.ThrowIfFaulty();
        return options;
    }

    /// <summary>Has the grid keep its jobs where the settings say.</summary>
    public JobGridBuilder UseStore(JobGridBuilder jobs) => Store == StoreKind.Sqlite
        ? jobs.UseSqliteJobs(SqlitePath)
        : jobs.UsePostgresJobs(PostgresConnectionString);

    private static AuditOptions ReadAudit(SettingsReader reader)
    {
        var standard = new AuditOptions();
        var (shortest, longest) = ((int)AuditOptions.ShortestAge.TotalDays, (int)JobLimits.MaxRetention.TotalDays);
        return new AuditOptions
        {
            MaxEntries = reader.Number("Audit:MaxEntries", (int)standard.MaxEntries, (int)AuditOptions.MinEntries, (int)AuditOptions.MostEntries),
            MaxAge = TimeSpan.FromDays(reader.Number("Audit:MaxAgeDays", (int)standard.MaxAge.TotalDays, shortest, longest)),
        };
    }

    private void Check(SettingsReader reader)
    {
        reader.Require(Store == StoreKind.Sqlite || PostgresConnectionString.Length > 0,
            "JobGrid:Postgres:ConnectionString is empty; with JobGrid:Store=postgres it has to name the database.");
    }

    private static void CheckElsewhere(SettingsReader reader, IConfiguration configuration)
    {
        foreach (var fault in OrleansJobsHttpOptions.Validate(configuration).Concat(TelemetryOptions.Validate(configuration)))
        {
            reader.Require(false, fault);
        }
    }
}
