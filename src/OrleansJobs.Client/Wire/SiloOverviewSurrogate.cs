namespace OrleansJobs.Client.Wire;

/// <summary><see cref="SiloOverview"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.silo-status")]
internal struct SiloOverviewSurrogate
{
    [Id(0)]
    public string Silo;

    [Id(1)]
    public string? Version;

    [Id(2)]
    public string? Host;

    [Id(3)]
    public int ProcessId;

    [Id(4)]
    public DateTimeOffset StartedAt;

    [Id(5)]
    public bool Draining;

    [Id(6)]
    public double CpuFraction;

    [Id(7)]
    public int Processors;

    [Id(8)]
    public long WorkingSetBytes;

    [Id(9)]
    public long GcHeapBytes;

    [Id(10)]
    public double GcPauseFraction;

    [Id(11)]
    public int Gen2Collections;

    [Id(12)]
    public SiloPool[] Pools;

    [Id(13)]
    public RunningJob[] Running;

    [Id(14)]
    public string[]? Dispatchers;
}

/// <summary>Moves <see cref="SiloOverview"/> to and from the wire.</summary>
[RegisterConverter]
internal sealed class SiloOverviewConverter : IConverter<SiloOverview, SiloOverviewSurrogate>
{
    public SiloOverview ConvertFromSurrogate(in SiloOverviewSurrogate surrogate) => new()
    {
        Silo = surrogate.Silo,
        Version = surrogate.Version,
        Host = surrogate.Host,
        ProcessId = surrogate.ProcessId,
        StartedAt = surrogate.StartedAt,
        Draining = surrogate.Draining,
        CpuFraction = surrogate.CpuFraction,
        Processors = surrogate.Processors,
        WorkingSetBytes = surrogate.WorkingSetBytes,
        GcHeapBytes = surrogate.GcHeapBytes,
        GcPauseFraction = surrogate.GcPauseFraction,
        Gen2Collections = surrogate.Gen2Collections,
        Pools = surrogate.Pools,
        Running = surrogate.Running,
        Dispatchers = surrogate.Dispatchers ?? [],
    };

    public SiloOverviewSurrogate ConvertToSurrogate(in SiloOverview value) => new()
    {
        Silo = value.Silo,
        Version = value.Version,
        Host = value.Host,
        ProcessId = value.ProcessId,
        StartedAt = value.StartedAt,
        Draining = value.Draining,
        CpuFraction = value.CpuFraction,
        Processors = value.Processors,
        WorkingSetBytes = value.WorkingSetBytes,
        GcHeapBytes = value.GcHeapBytes,
        GcPauseFraction = value.GcPauseFraction,
        Gen2Collections = value.Gen2Collections,
        Pools = [.. value.Pools],
        Running = [.. value.Running],
        Dispatchers = [.. value.Dispatchers],
    };
}
