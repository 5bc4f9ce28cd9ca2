using System.Collections.Concurrent;
using OrleansJobs;

namespace LearningPlatform.Demo.Report;

/// <summary>What became of the jobs of one class.</summary>
internal sealed class ClassTally(string jobClass)
{
    private readonly ConcurrentDictionary<JobState, int> _states = new();
    private int _found;
    private int _submitted;
    private int _wasThere;
    private int _refused;
    private int _lost;
    private int _retried;
    private volatile string? _waitsFor;

    public string JobClass => jobClass;

    /// <summary>Jobs that the files seen so far have.</summary>
    public int FoundCount => _found;

    /// <summary>Jobs that are new with this run.</summary>
    public int SubmittedCount => _submitted;

    /// <summary>Jobs that an earlier run has submitted.</summary>
    public int WasThereCount => _wasThere;

    /// <summary>Jobs that needed more than one attempt.</summary>
    public int RetriedCount => _retried;

    /// <summary>Jobs that nothing more is to come of.</summary>
    public int EndedCount => _states.Values.Sum() + _refused + _lost;

    /// <summary>Jobs that did not succeed.</summary>
    public int FailedCount => EndedCount - CountOf(JobState.Succeeded);

    /// <summary>Jobs that the grid refused, or has pruned.</summary>
    public int WithoutStateCount => _refused + _lost;

    /// <summary>Why nothing has ended for a while; null if something has.</summary>
    public string? WaitsFor
    {
        get => _waitsFor;
        set => _waitsFor = value;
    }

    public int CountOf(JobState state) => _states.GetValueOrDefault(state);

    public void Found() => Interlocked.Increment(ref _found);

    public void Submitted() => Interlocked.Increment(ref _submitted);

    public void WasThere() => Interlocked.Increment(ref _wasThere);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Lost() => Interlocked.Increment(ref _lost);

    public void Ended(JobSnapshot job)
    {
        _states.AddOrUpdate(job.State, 1, (_, count) => count + 1);
        if (job.Attempt > 1)
            Interlocked.Increment(ref _retried);
    }
}
