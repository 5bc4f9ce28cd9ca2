namespace OrleansJobs.Workers.Threads;

/// <summary>The thread pool of this process.</summary>
internal sealed class PoolThreads : IPoolThreads
{
    public int Count => ThreadPool.ThreadCount;

    public long Waiting => ThreadPool.PendingWorkItemCount;

    public int Minimum
    {
        get
        {
            ThreadPool.GetMinThreads(out var threads, out _);
            return threads;
        }

        set
        {
            ThreadPool.GetMinThreads(out _, out var completions);
            ThreadPool.SetMinThreads(value, completions);
        }
    }

    public bool Answers(TimeSpan within)
    {
        var answer = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static answer => answer.SetResult(), answer, preferLocal: false);
        return answer.Task.Wait(within);
    }
}
