namespace OrleansJobs.Grains.Dispatch;

/// <summary>Tells those who follow the results queue that jobs have ended.</summary>
internal sealed class FinishedSignal
{
    private TaskCompletionSource? _next;

    public void Raise() => Interlocked.Exchange(ref _next, null)?.TrySetResult();

    /// <summary>Ends when a job ends.</summary>
    public Task NextAsync() => (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
