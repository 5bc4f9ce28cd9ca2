namespace OrleansJobs.ProcessKit;

/// <summary>What a host is started with.</summary>
internal sealed record HostSettings
{
    public required HostProgram Program { get; init; }

    public required string Name { get; init; }

    /// <summary>Where its log and its data go.</summary>
    public required string Folder { get; init; }

    public required string EffectsFolder { get; init; }

    public required IReadOnlyList<string> Store { get; init; }

    public string ClusterId { get; init; } = "tests";

    public int HttpPort { get; init; } = Ports.Next();

    public int SiloPort { get; init; } = Ports.Next();

    public int GatewayPort { get; init; } = Ports.Next();

    /// <summary>Further options, <c>--key=value</c> each.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public static IReadOnlyList<string> Sqlite(string path) => ["--JobGrid:Store=sqlite", $"--JobGrid:Sqlite:Path={path}"];

    public static IReadOnlyList<string> Postgres(string connectionString) =>
        ["--JobGrid:Store=postgres", $"--JobGrid:Postgres:ConnectionString={connectionString}"];

    public HostSettings WithNewPorts() => this with { HttpPort = Ports.Next(), SiloPort = Ports.Next(), GatewayPort = Ports.Next() };

    public IEnumerable<string> Arguments() =>
    [
        .. Store,
        .. Program.Way is "own" ? [$"--urls=http://127.0.0.1:{HttpPort}"] : Program.Way is "worker" ? [] : (string[])[$"--JobGrid:Http:Url=http://127.0.0.1:{HttpPort}"],
        .. Program.JoinsCluster ? Cluster() : [],
        .. Program.HasProbes ? Sample() : [],
        "--Logging:Console:FormatterOptions:TimestampFormat=HH:mm:ss.fff ",
        .. Options,
    ];

    private IEnumerable<string> Sample() =>
    [
        "--JobGrid:Probe:Enabled=true",
        $"--JobGrid:Probe:EffectsDirectory={EffectsFolder}",
        $"--LearningPlatform:DataDirectory={Path.Combine(Folder, "learning")}",
    ];

    private IEnumerable<string> Cluster() =>
    [
        $"--JobGrid:Cluster:SiloPort={SiloPort}",
        $"--JobGrid:Cluster:GatewayPort={GatewayPort}",
        $"--JobGrid:Cluster:ClusterId={ClusterId}",
    ];
}
