using System.Text;
using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation;

/// <summary>Tells of a violation so that it can be understood and replayed.</summary>
internal static class FailureReport
{
    /// <summary>Lines of history that are shown; the last ones count most.</summary>
    private const int MaxLines = 200;

    public static string Of(Run run, IChecker checker, Violation violation)
    {
        var text = new StringBuilder();
        text.AppendLine($"Seed {run.Scenario.Seed} breaks {checker.Name}: {violation.Words}.");
        text.AppendLine($"  {checker.Invariant}");
        text.AppendLine($"  at {History.Show(violation.At)} s{(violation.Job is { } job ? $", job {job}" : "")}{(violation.JobClass is { } name ? $", class {name}" : "")}");
        text.AppendLine($"  replay: ./grid simulate --seeds 1 --seed {run.Scenario.Seed} --verbose");
        text.AppendLine($"  scenario: {Describe(run)}");
        text.AppendLine();
        text.AppendLine($"{"seconds",10}  {"who",-8}  what");
        var lines = run.History.Where(happened => Concerns(happened, violation)).ToList();
        if (lines.Count > MaxLines)
        {
            text.AppendLine($"{"…",10}  {lines.Count - MaxLines} earlier lines");
        }

        foreach (var happened in lines.TakeLast(MaxLines))
        {
            text.AppendLine(History.Line(happened));
        }

        return text.ToString();
    }

    /// <summary>The scenario in a line.</summary>
    public static string Describe(Run run)
    {
        var (scenario, options) = (run.Scenario, run.Scenario.Options);
        var classes = string.Join("; ", scenario.Classes.Select(plan =>
            $"{plan.Name}: {plan.Jobs} jobs of {plan.Tenants.Count} tenants, {plan.Settings.MaxLocalWorkers} a silo"));
        var faults = scenario.Faults.IsCalm ? "no faults" : string.Join(", ", scenario.Faults.Kinds)
            + $" messages {scenario.Faults.Messages.Lost:P0} lost, store {scenario.Faults.Store.Failing:P0} failing";
        return $"{scenario.Silos} silos; {classes}; window {options.MaxWindow}/{options.DueWindow}, pages of {options.PageSize}; {faults}";
    }

    private static bool Concerns(HistoryEvent happened, Violation violation) => happened switch
    {
        MemoryPeak => violation.Job is null && happened.Class == violation.JobClass,
        SiloEvent or FaultsOver => true,
        DispatcherLife or LimitsInForce or Duplicated or PoolLimit => happened.Class is null || violation.JobClass is null || happened.Class == violation.JobClass,
        _ when violation.Job is { } job => happened.About == job,
        Granted => happened.Class == violation.JobClass,
        _ => false,
    };
}
