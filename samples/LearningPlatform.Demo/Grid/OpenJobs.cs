using System.Collections.Concurrent;
using OrleansJobs;

namespace LearningPlatform.Demo.Grid;

/// <summary>
/// The jobs that the demo waits for. There is room for a bounded number: a folder of any size takes the same memory, and the files
/// that come next wait for the jobs of those before.
/// </summary>
internal sealed class OpenJobs : IDisposable
{
    private readonly ConcurrentDictionary<JobId, string> _classes = new();
    private readonly SemaphoreSlim _changed = new(0);
    private int _count;

    public void Add(JobId id, string jobClass)
    {
        if (_classes.TryAdd(id, jobClass))
            Interlocked.Increment(ref _count);
    }

    /// <summary>Takes a job, to be dealt with once; false if it was not, or not any more, waited for. It counts until its place is freed.</summary>
    public bool TryTake(JobId id) => _classes.TryRemove(id, out _);

    /// <summary>Frees the place of a job that was taken.</summary>
    public void FreePlace()
    {
        Interlocked.Decrement(ref _count);
        _changed.Release();
    }

    /// <summary>Takes a job and frees its place; false if it was not, or not any more, waited for.</summary>
    public bool TryRemove(JobId id)
    {
        if (!TryTake(id))
            return false;

        FreePlace();
        return true;
    }

    /// <summary>Some of the jobs of a class.</summary>
    public IReadOnlyList<JobId> SomeOf(string jobClass, int limit) =>
        [.. _classes.Where(job => job.Value == jobClass).Select(job => job.Key).Take(limit)];

    /// <summary>Waits until no more than so many are open. For one caller at a time.</summary>
    public async Task WaitForAtMostAsync(int count, CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _count) > count)
            await _changed.WaitAsync(cancellationToken);
    }

    public void Dispose() => _changed.Dispose();
}
