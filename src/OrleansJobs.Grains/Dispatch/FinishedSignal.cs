namespace OrleansJobs.Grains.Dispatch;

/// <summary>Tells those who follow the results queue that jobs have ended.</summary>
internal sealed class FinishedSignal
{
    private TaskCompletionSource? _next;

    public void Raise() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    /// <summary>True as soon as a job ends; false when the time is up.</summary>
    public async Task<bool> WaitAsync(TimeSpan waitUpTo, TimeProvider time)
    {
        _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _next.Task.WaitAsync(waitUpTo, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
