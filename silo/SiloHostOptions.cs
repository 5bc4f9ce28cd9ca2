using System.Net;

namespace OrleansJobs.Silo;

/// <summary>The silo's settings, from appsettings.json, environment and command line; checked together.</summary>
internal sealed record SiloHostOptions
{
    private const int HighestPort = 65_535;

    public StoreKind Store { get; private init; }

    public string SqlitePath { get; private init; } = "";

    public string PostgresConnectionString { get; private init; } = "";

    public IPAddress Address { get; private init; } = IPAddress.Loopback;

    public int SiloPort { get; private init; }

    public int GatewayPort { get; private init; }

    public string ClusterId { get; private init; } = "";

    public string ServiceId { get; private init; } = "";

    public TimeSpan ShutdownTimeout { get; private init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidOptionsException">Lists every fault with its key, value and range.</exception>
    public static SiloHostOptions Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration.GetSection("JobGrid"));
        var options = new SiloHostOptions
        {
            Store = reader.Choice("Store", StoreKind.Sqlite),
            SqlitePath = reader.Text("Sqlite:Path", "jobs.db"),
            PostgresConnectionString = reader.Text("Postgres:ConnectionString", ""),
            Address = reader.Address("Cluster:Address", IPAddress.Loopback),
            SiloPort = reader.Number("Cluster:SiloPort", 11_111, 1, HighestPort),
            GatewayPort = reader.Number("Cluster:GatewayPort", 30_000, 0, HighestPort),
            ClusterId = reader.Text("Cluster:ClusterId", "orleansjobs"),
            ServiceId = reader.Text("Cluster:ServiceId", "orleansjobs"),
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number("ShutdownTimeoutSeconds", 40, 1, 3_600)),
        };
        reader.Require(options.Store == StoreKind.Sqlite || options.PostgresConnectionString.Length > 0,
            "JobGrid:Postgres:ConnectionString is empty; with JobGrid:Store=postgres it has to name the database.");
        reader.ThrowIfFaulty();
        return options;
    }
}
