namespace OrleansJobs.Conformance;

/// <summary>Holds jobs in their handlers.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _entered = new(0);

    /// <summary>Ends when the gate opens.</summary>
    public Task Released => _released.Task;

    /// <summary>The last attempt that came in.</summary>
    public JobContext? Last { get; private set; }

    /// <summary>Opens the gate.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>An attempt has come in.</summary>
    public void Entered(JobContext context)
    {
        Last = context;
        _entered.Release();
    }

    /// <summary>Waits until one more attempt has come in.</summary>
    public async Task<JobContext> EnteredAsync()
    {
        if (!await _entered.WaitAsync(TimeSpan.FromSeconds(30)))
        {
            throw new TimeoutException("No attempt came in.");
        }

        return Last!;
    }
}
