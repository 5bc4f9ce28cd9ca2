namespace OrleansJobs.TestKit;

/// <summary>A count that tests can wait for.</summary>
public sealed class Counter
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Signal)> _waiters = [];
    private int _value;

    public int Value
    {
        get
        {
            lock (_gate)
            {
                return _value;
            }
        }
    }

    public void Increment()
    {
        lock (_gate)
        {
            _value++;
            foreach (var (_, signal) in _waiters.FindAll(waiter => waiter.Count <= _value))
            {
                signal.TrySetResult();
            }

            _waiters.RemoveAll(waiter => waiter.Count <= _value);
        }
    }

    /// <summary>Completes once the count is at least so high; fails after half a minute of real time.</summary>
    public Task WhenAsync(int count)
    {
        lock (_gate)
        {
            if (_value >= count)
            {
                return Task.CompletedTask;
            }

            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, signal));
            return signal.Task.WaitAsync(WaitTimeout);
        }
    }
}
