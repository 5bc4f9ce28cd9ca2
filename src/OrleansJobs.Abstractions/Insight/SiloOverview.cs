namespace OrleansJobs;

/// <summary>A process that runs jobs.</summary>
public sealed record SiloOverview
{
    /// <summary>The silo's name, as jobs and pools show it.</summary>
    public required string Silo { get; init; }

    /// <summary>The version of the application that it runs.</summary>
    public string? Version { get; init; }

    /// <summary>The machine that it runs on.</summary>
    public string? Host { get; init; }

    /// <summary>The id of its process there.</summary>
    public int ProcessId { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it takes no more jobs.</summary>
    public bool Draining { get; init; }

    /// <summary>What it uses of its processors, from 0 to 1; over about the last seconds.</summary>
    public double CpuFraction { get; init; }

    /// <summary>Processors that it may use.</summary>
    public int Processors { get; init; }

    /// <summary>Bytes that the process holds of the machine's memory.</summary>
    public long WorkingSetBytes { get; init; }

    /// <summary>Bytes of managed objects.</summary>
    public long GcHeapBytes { get; init; }

    /// <summary>The part of the time that the process has stood still for garbage collection, from 0 to 1.</summary>
    public double GcPauseFraction { get; init; }

    /// <summary>Collections of the oldest generation since it started.</summary>
    public int Gen2Collections { get; init; }

    /// <summary>Its pools, one for each class.</summary>
    public IReadOnlyList<SiloPool> Pools { get; init; } = [];

    /// <summary>The classes whose dispatcher is on it.</summary>
    public IReadOnlyList<string> Dispatchers { get; init; } = [];

    /// <summary>The jobs that it runs, the oldest first, at most <see cref="InsightLimits.MaxRunningShown"/>.</summary>
    public IReadOnlyList<RunningJob> Running { get; init; } = [];
}
