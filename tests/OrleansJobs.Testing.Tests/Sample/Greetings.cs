using System.Collections.Concurrent;

namespace OrleansJobs.Testing.Tests.Sample;

/// <summary>Whom handlers greeted.</summary>
public sealed class Greetings
{
    private readonly ConcurrentQueue<string> _names = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Names => [.. _names];

    /// <summary>Ends with the first greeting.</summary>
    public Task First => _first.Task;

    public void Add(string name)
    {
        _names.Enqueue(name);
        _first.TrySetResult();
    }
}
