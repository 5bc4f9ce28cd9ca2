using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>I8: what a dispatcher holds and reads never exceeds the bounds that have a name.</summary>
internal sealed class BoundedMemory : IChecker
{
    public string Name => nameof(BoundedMemory);

    public string Invariant => "I8: dispatch memory does not grow with the backlog: windows, pages and answers keep to their named limits.";

    public IEnumerable<Violation> Check(Run run)
    {
        var options = run.Scenario.Options;
        foreach (var peak in run.History.OfType<MemoryPeak>())
        {
            (string What, int Value, int Limit)[] bounds =
            [
                ("MaxWindow", peak.Due, options.MaxWindow),
                ("DueWindow", peak.NotDue, options.DueWindow),
                ("MaxOutstandingPages", peak.Pages, options.MaxOutstandingPages),
                ("PageSize", peak.PageSize, options.PageSize),
                ("MaxGrantsPerExchange", peak.Grants, options.MaxGrantsPerExchange),
            ];
            foreach (var (what, value, limit) in bounds.Where(bound => bound.Value > bound.Limit))
            {
                yield return new Violation($"the dispatcher of {peak.JobClass} went to {value}; {what} is {limit}", peak.At, JobClass: peak.JobClass);
            }
        }
    }
}
