using System.Collections.Concurrent;

namespace OrleansJobs.Embedded.Dispatch;

/// <summary>
/// Gives turns: runs what is posted, and what follows its awaits, one piece at a time and in order, on the thread pool. What runs in its
/// turns needs no locks among itself.
/// </summary>
internal sealed class Mailbox : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>Pieces that run in a row before other work of the thread pool is let in.</summary>
    private const int MaxInARow = 64;

    private readonly ConcurrentQueue<Task> _waiting = new();
    private int _running;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action in a turn.</summary>
    public Task PostAsync(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Asks something in a turn.</summary>
    public Task<T> AskAsync<T>(Func<T> question) =>
        Task.Factory.StartNew(question, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Begins a call in a turn; what follows its awaits comes in later turns.</summary>
    public Task<T> CallAsync<T>(Func<Task<T>> call) => AskAsync(call).Unwrap();

    /// <summary>Begins a call in a turn; what follows its awaits comes in later turns.</summary>
    public Task CallAsync(Func<Task> call) => AskAsync(call).Unwrap();

    void IThreadPoolWorkItem.Execute()
    {
        for (var run = 0; run < MaxInARow && _waiting.TryDequeue(out var task); run++)
        {
            TryExecuteTask(task);
        }

        Volatile.Write(ref _running, 0);
        Interlocked.MemoryBarrier();
        if (!_waiting.IsEmpty)
        {
            RunSoon();
        }
    }

    protected override void QueueTask(Task task)
    {
        _waiting.Enqueue(task);
        RunSoon();
    }

    /// <summary>Never: it would be a turn within a turn.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

    private void RunSoon()
    {
        if (Interlocked.Exchange(ref _running, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
