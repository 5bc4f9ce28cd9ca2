using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation;

/// <summary>What many runs come to. Safe to add to from several threads.</summary>
internal sealed class Summary
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, string> _failures = [];

    public int Seeds { get; private set; }

    public long Steps { get; private set; }

    public long Jobs { get; private set; }

    public long Attempts { get; private set; }

    /// <summary>Virtual time, of all runs together.</summary>
    public TimeSpan VirtualTime { get; private set; }

    /// <summary>Reports of failed runs, by seed.</summary>
    public IReadOnlyDictionary<ulong, string> Failures => _failures;

    /// <summary>Faults that struck, by kind.</summary>
    public IReadOnlyDictionary<string, long> Faults => _faults;

    public void Add(Run run, (IChecker Checker, Violation Violation)? found)
    {
        var faults = run.History.Select(KindOf).OfType<string>().ToList();
        var report = found is { } failure ? FailureReport.Of(run, failure.Checker, failure.Violation) : null;
        lock (_gate)
        {
            (Seeds, Steps, Jobs) = (Seeds + 1, Steps + run.Steps, Jobs + run.Jobs);
            Attempts += run.History.Count(happened => happened is HandlerBegan);
            VirtualTime += run.EndedAt - Engine.World.Beginning;
            foreach (var kind in faults)
            {
                _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
            }

            if (report is not null)
            {
                _failures.Add(run.Scenario.Seed, report);
            }
        }
    }

    private static string? KindOf(HistoryEvent happened) => happened switch
    {
        MessageFault message => $"messages {message.What}",
        StoreFault { What: "a read fails" } => "store: reads failed",
        StoreFault { What: "a write fails" } => "store: writes failed",
        StoreFault { What: "a call is slow" } => "store: calls slow",
        StoreFault => "store: writes unclear",
        SiloEvent { Change: SiloChange.Crashed } => "silos crashed",
        SiloEvent { Change: SiloChange.Froze } => "silos frozen",
        SiloEvent { Change: SiloChange.CutOff } => "silos cut off",
        SiloEvent { Change: SiloChange.Drains } => "silos drained",
        Duplicated { JobClass: null } => "jobs active twice",
        Duplicated => "dispatchers displaced",
        _ => null,
    };
}
