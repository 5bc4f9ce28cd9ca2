namespace OrleansJobs;

/// <summary>A process that runs jobs.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record SiloOverview
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(12)]
    private readonly SiloPool[] _pools = [];

    [Id(13)]
    private readonly RunningJob[] _running = [];

    [Id(14)]
    private readonly string[] _dispatchers = [];

    /// <summary>The silo's name, as jobs and pools show it.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>The version of the application that it runs.</summary>
    [Id(1)]
    public string? Version { get; init; }

    /// <summary>The machine that it runs on.</summary>
    [Id(2)]
    public string? Host { get; init; }

    /// <summary>The id of its process there.</summary>
    [Id(3)]
    public int ProcessId { get; init; }

    /// <summary>When it started.</summary>
    [Id(4)]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it takes no more jobs.</summary>
    [Id(5)]
    public bool Draining { get; init; }

    /// <summary>What it uses of its processors, from 0 to 1; over about the last seconds.</summary>
    [Id(6)]
    public double CpuFraction { get; init; }

    /// <summary>Processors that it may use.</summary>
    [Id(7)]
    public int Processors { get; init; }

    /// <summary>Bytes that the process holds of the machine's memory.</summary>
    [Id(8)]
    public long WorkingSetBytes { get; init; }

    /// <summary>Bytes of managed objects.</summary>
    [Id(9)]
    public long GcHeapBytes { get; init; }

    /// <summary>The part of the time that the process has stood still for garbage collection, from 0 to 1.</summary>
    [Id(10)]
    public double GcPauseFraction { get; init; }

    /// <summary>Collections of the oldest generation since it started.</summary>
    [Id(11)]
    public int Gen2Collections { get; init; }

    /// <summary>Its pools, one for each class.</summary>
    public IReadOnlyList<SiloPool> Pools { get => _pools; init => _pools = WireLists.Array(value); }

    /// <summary>The classes whose dispatcher is on it.</summary>
    public IReadOnlyList<string> Dispatchers { get => _dispatchers; init => _dispatchers = WireLists.Array(value); }

    /// <summary>The jobs that it runs, the oldest first, at most <see cref="InsightLimits.MaxRunningShown"/>.</summary>
    public IReadOnlyList<RunningJob> Running { get => _running; init => _running = WireLists.Array(value); }
}
