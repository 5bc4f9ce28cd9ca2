namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// Judges a run by one invariant. It goes by the history and by what the store has at the end, never by what the core counts for itself,
/// unless just that is to be judged.
/// </summary>
internal interface IChecker
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>The invariant, in a sentence.</summary>
    string Invariant { get; }

    /// <summary>What breaks the invariant in this run.</summary>
    IEnumerable<Violation> Check(Run run);
}
