using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation;

/// <summary>Runs many seeds, on every core, and judges each.</summary>
internal static class Campaign
{
    /// <summary>A thread for each core: runs never wait, and more threads only take turns, from each other and from all else on the machine.</summary>
    public static ParallelOptions OnEveryCore { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Runs the seeds from the given one on.</summary>
    /// <param name="first">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Hears, now and then, of how many are done.</param>
    public static Summary Run(ulong first, int count, Action<int>? progress = null)
    {
        var summary = new Summary();
        var done = 0;
        Parallel.For(0, count, OnEveryCore, index =>
        {
            var run = Simulator.Of(first + (ulong)index);
            summary.Add(run, AllCheckers.FirstViolation(run));
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return summary;
    }

    /// <summary>Runs seeds one after the other until a checker sees something.</summary>
    /// <returns>The checker, what it saw, and how many seeds that took; null if none saw anything.</returns>
    public static (string Checker, string Words, int Seeds)? FirstFailure(ulong first, int count, Protocol protocol)
    {
        for (var index = 0; index < count; index++)
        {
            if (AllCheckers.FirstViolation(Simulator.Of(first + (ulong)index, protocol)) is { } found)
            {
                return (found.Checker.Name, found.Violation.Words, index + 1);
            }
        }

        return null;
    }
}
