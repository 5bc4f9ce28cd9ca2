namespace OrleansJobs.Simulation.Checkers;

/// <summary>The checkers, by invariant.</summary>
internal static class AllCheckers
{
    public static IReadOnlyList<IChecker> List { get; } =
    [
        new Conservation(), new SingleLease(), new Limits(), new Fairness(), new Isolation(), new Timing(), new Liveness(), new BoundedMemory(), new Counts(),
        new Quarantine(),
    ];

    /// <summary>The first violation that any of them sees; null if all hold.</summary>
    public static (IChecker Checker, Violation Violation)? FirstViolation(Run run)
    {
        foreach (var checker in List)
        {
            foreach (var violation in checker.Check(run))
            {
                return (checker, violation);
            }
        }

        return null;
    }
}
