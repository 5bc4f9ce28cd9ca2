using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation.Mutations;

/// <summary>What is called in the copy of the simulator that runs on a mutated core. Only types that both sides share cross over.</summary>
internal static class Probe
{
    /// <summary>Runs seeds until a checker sees the fault.</summary>
    /// <returns>The checker, what it saw and how many seeds it took; null if none saw it.</returns>
    public static string[]? Run(ulong first, int count) => Campaign.FirstFailure(first, count, Protocol.Faithful) is { } found
        ? [found.Checker, found.Words, $"{found.Seeds}"]
        : null;
}
