namespace OrleansJobs.Simulation.Workload;

/// <summary>A job class of a scenario, and what is submitted to it.</summary>
internal sealed record ClassPlan
{
    /// <summary>What a pool's slots can be raised to.</summary>
    public const int Ceiling = 12;

    public required string Name { get; init; }

    /// <summary>The limits that are registered; after the faults they are in force again.</summary>
    public required JobClassSettings Settings { get; init; }

    public required RetryPolicy Retry { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required IReadOnlyList<string> Tenants { get; init; }

    public required int Jobs { get; init; }

    public required int MaxCost { get; init; }

    /// <summary>Shortest and longest run time of an ordinary handler, in milliseconds.</summary>
    public required (int From, int To) RunTime { get; init; }

    /// <summary>Whether all jobs are there before the first is granted, so that the tenants' shares can be measured.</summary>
    public required bool IsLoadedWhilePaused { get; init; }

    /// <summary>Share of the attempts that do not simply succeed.</summary>
    public required double Trouble { get; init; }
}
