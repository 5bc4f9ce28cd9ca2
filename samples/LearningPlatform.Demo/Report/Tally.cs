using System.Collections.Concurrent;

namespace LearningPlatform.Demo.Report;

/// <summary>What became of all jobs and their outputs.</summary>
internal sealed class Tally
{
    private const int MaxFaultsKept = 10;

    private readonly ConcurrentQueue<string> _faults = new();
    private int _faultCount;

    public IReadOnlyList<ClassTally> Classes { get; } = [.. JobClasses.All.Select(jobClass => new ClassTally(jobClass))];

    /// <summary>The first faults, in words.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    public int FaultCount => _faultCount;

    public int EndedCount => Classes.Sum(jobClass => jobClass.EndedCount);

    public ClassTally Of(string jobClass) => Classes.First(tally => tally.JobClass == jobClass);

    public void Fault(string fault)
    {
        if (Interlocked.Increment(ref _faultCount) <= MaxFaultsKept)
            _faults.Enqueue(fault);
    }
}
