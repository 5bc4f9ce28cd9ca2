using OrleansJobs.Core.Dispatch;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Workload;

/// <summary>All that is laid down for a run before it begins.</summary>
internal sealed record Scenario
{
    public required ulong Seed { get; init; }

    public required int Silos { get; init; }

    public required IReadOnlyList<ClassPlan> Classes { get; init; }

    public required DispatcherOptions Options { get; init; }

    public required FaultPlan Faults { get; init; }

    /// <summary>How long jobs are submitted and faults strike.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>Mean time between two commands of users: cancel, retry, dead-letter, change of limits. Null for none.</summary>
    public required TimeSpan? CommandPeriod { get; init; }

    /// <summary>Whether users change limits.</summary>
    public required bool ChangesLimits { get; init; }

    /// <summary>Whether nothing goes wrong, so that everybody hears of everything.</summary>
    public bool IsCalm => Faults.IsCalm && Killers == 0;

    /// <summary>The share of jobs that end their silo each time they run.</summary>
    public required double Killers { get; init; }

    /// <summary>Whether the job ends its silo each time it runs.</summary>
    public bool IsKiller(JobId job) => Killers > 0 && Randomness.For(~Seed, job, 1).Chance(Killers);

    public ClassPlan Class(string name) => Classes.First(plan => plan.Name == name);
}
