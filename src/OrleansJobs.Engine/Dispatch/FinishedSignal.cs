namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// Tells those who follow the results queue that jobs have ended. It counts, so that whoever looks at the store in between misses
/// nothing: what has been raised since the count that they have seen, they hear at once.
/// </summary>
/// <param name="first">
/// The count to begin with, above 0. Lives of a dispatcher begin with their epochs, so that a count of an earlier life is not taken for one
/// of this.
/// </param>
internal sealed class FinishedSignal(long first)
{
    private TaskCompletionSource? _next;

    /// <summary>What there is to have seen; another after each raise.</summary>
    public long Count { get; private set; } = first;

    public void Raise()
    {
        Count++;
        Interlocked.Exchange(ref _next, null)?.TrySetResult();
    }

    /// <summary>Ends when the count is another than the one that was seen.</summary>
    public Task ChangeAsync(long seen) => seen == Count
        ? (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
        : Task.CompletedTask;
}
