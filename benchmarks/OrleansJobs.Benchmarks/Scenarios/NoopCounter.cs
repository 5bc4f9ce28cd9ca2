namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Counts handler runs down and tells when the last one was.</summary>
internal sealed class NoopCounter
{
    private int _left;
    private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task AllRan => _all.Task;

    public void Expect(int count)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, count);
    }

    public void Ran()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _all.TrySetResult();
        }
    }
}
