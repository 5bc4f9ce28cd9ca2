using System.Net;
using OrleansJobs.Dashboard;
using OrleansJobs.Silo.Probes;

namespace OrleansJobs.Silo;

/// <summary>The silo's settings, from appsettings.json, environment and command line; checked together.</summary>
internal sealed record SiloHostOptions
{
    public const string Section = "JobGrid";
    public const string ClassesSection = "Classes";
    public const string WorkersSection = "Workers";
    public const string AccessSection = "Access";
    public const string ShutdownTimeoutKey = "ShutdownTimeoutSeconds";
    public const string HttpUrlKey = "Http:Url";
    public const string SiloPortKey = "Cluster:SiloPort";
    public const string GatewayPortKey = "Cluster:GatewayPort";
    private const int HighestPort = 65_535;

    public StoreKind Store { get; private init; }

    public string SqlitePath { get; private init; } = "";

    public string PostgresConnectionString { get; private init; } = "";

    public string HttpUrl { get; private init; } = OrleansJobsHttpOptions.DefaultUrl;

    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    public int SiloPort { get; private init; }

    public int GatewayPort { get; private init; }

    public string ClusterId { get; private init; } = "";

    public string ServiceId { get; private init; } = "";

    public TimeSpan ShutdownTimeout { get; private init; }

    public ProbeOptions Probe { get; private init; } = new(Enabled: false, EffectsDirectory: null);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOptionsException">Lists every fault with its key, value and range.</exception>
    public static SiloHostOptions Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration.GetSection(Section));
        var options = new SiloHostOptions
        {
            Store = reader.Choice("Store", StoreKind.Sqlite),
            SqlitePath = reader.Text("Sqlite:Path", "jobs.db"),
            PostgresConnectionString = reader.Text("Postgres:ConnectionString", ""),
            HttpUrl = reader.Text(HttpUrlKey, OrleansJobsHttpOptions.DefaultUrl),
            Address = reader.Address("Cluster:Address", IPAddress.Loopback),
            SiloPort = reader.Number(SiloPortKey, 11_111, 1, HighestPort),
            GatewayPort = reader.Number(GatewayPortKey, 30_000, 0, HighestPort),
            ClusterId = reader.Text("Cluster:ClusterId", "orleansjobs"),
            ServiceId = reader.Text("Cluster:ServiceId", "orleansjobs"),
            Probe = ProbeOptions.Read(reader),
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number(ShutdownTimeoutKey, 40, 1, 3_600)),
        };
        options.Check(reader);
        CheckAccess(reader, configuration);
        reader.RefuseUnknown(ClassesSection, WorkersSection, AccessSection);
        reader.ThrowIfFaulty();
        return options;
    }

    private void Check(SettingsReader reader)
    {
        reader.Require(Store == StoreKind.Sqlite || PostgresConnectionString.Length > 0,
            "JobGrid:Postgres:ConnectionString is empty; with JobGrid:Store=postgres it has to name the database.");
    }

    private static void CheckAccess(SettingsReader reader, IConfiguration configuration)
    {
        foreach (var fault in OrleansJobsHttpOptions.Validate(configuration))
        {
            reader.Require(false, fault);
        }
    }
}
