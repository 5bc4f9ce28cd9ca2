using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation;

/// <summary>What a run has left behind: all that a checker may judge by.</summary>
internal sealed record Run
{
    public required Scenario Scenario { get; init; }

    public required IReadOnlyList<HistoryEvent> History { get; init; }

    /// <summary>The store's rows at the end.</summary>
    public required IReadOnlyList<JobRecord> Rows { get; init; }

    /// <summary>The store's counts at the end, by class.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<JobState, long>> Counts { get; init; }

    /// <summary>The dispatchers at the end, by class; a class nobody has spoken to has none.</summary>
    public required IReadOnlyDictionary<string, DispatcherStatus> Dispatchers { get; init; }

    /// <summary>The time at the end.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Events of the simulation.</summary>
    public required long Steps { get; init; }

    /// <summary>Submits and changes of limits that were never answered.</summary>
    public required int Unanswered { get; init; }

    /// <summary>Jobs that were submitted.</summary>
    public required int Jobs { get; init; }
}
