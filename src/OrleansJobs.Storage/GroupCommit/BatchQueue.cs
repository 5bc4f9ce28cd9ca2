using System.Threading.Channels;
using OrleansJobs.Storage.Diagnostics;

namespace OrleansJobs.Storage.GroupCommit;

/// <summary>
/// Takes the calls of many callers and hands them over in groups: whatever waits when the last group is done, in order of arrival and at
/// most as many as the limits say. So a lone caller waits for nobody, and a crowd shares one commit.
/// </summary>
internal sealed class BatchQueue<T> : IAsyncDisposable where T : class, IBatchItem
{
    private readonly Channel<T> _channel;
    private readonly GroupCommitLimits _limits;
    private readonly string _name;
    private readonly Func<IReadOnlyList<T>, Task> _process;
    private readonly Task _loop;
    private readonly string? _measuredAs;

    private BatchQueue(string name, GroupCommitLimits limits, Func<IReadOnlyList<T>, Task> process, bool ownThread, string? measuredAs)
    {
        _measuredAs = measuredAs;
        _name = name;
        _limits = limits;
        _process = process;
        _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(limits.QueueCapacity) { SingleReader = true });
        _loop = ownThread ? RunOnOwnThread() : Task.Run(() => RunAsync(() => _channel.Reader.WaitToReadAsync()));
    }

    /// <summary>A queue whose groups are processed on the thread pool.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="limits">How large groups and the queue may be.</param>
    /// <param name="process">Processes a group.</param>
    /// <param name="measuredAs">The store that its measures name; null for a queue that is not measured.</param>
    public static BatchQueue<T> Start(
        string name, GroupCommitLimits limits, Func<IReadOnlyList<T>, Task> process, string? measuredAs = null) =>
        new(name, limits, process, ownThread: false, measuredAs);

    /// <summary>A queue with a thread of its own, for a processor that blocks.</summary>
    public static BatchQueue<T> StartOnOwnThread(
        string name, GroupCommitLimits limits, Action<IReadOnlyList<T>> process, string? measuredAs = null) =>
        new(name, limits, batch => { process(batch); return Task.CompletedTask; }, ownThread: true, measuredAs);

    /// <summary>Puts an item in the queue; the item itself carries the answer.</summary>
    public Task<TResult> SubmitAsync<TResult>(T item, Task<TResult> answer) =>
        _channel.Writer.TryWrite(item) ? answer : SubmitWhenThereIsRoomAsync(item, answer);

    /// <summary>Finishes what is queued and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await _loop;
    }

    private async Task<TResult> SubmitWhenThereIsRoomAsync<TResult>(T item, Task<TResult> answer)
    {
        try
        {
            await _channel.Writer.WriteAsync(item);
        }
        catch (ChannelClosedException)
        {
            throw new GridUnavailableException($"The job store is closed ({_name}).");
        }

        return await answer;
    }

    private Task RunOnOwnThread()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                // The wait blocks, so the loop never leaves this thread; and no exception may, or it would end the process.
                RunAsync(() => ValueTask.FromResult(_channel.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult()))
                    .GetAwaiter().GetResult();
                done.SetResult();
            }
#pragma warning disable CA1031 // It belongs to whoever closes the queue.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
            Name = _name,
        };
        thread.Start();
        return done.Task;
    }

    private async Task RunAsync(Func<ValueTask<bool>> wait)
    {
        var batch = new List<T>(_limits.MaxBatchRows);
        while (await wait())
        {
            while (Fill(batch))
            {
                await ProcessAsync(batch);
                batch.Clear();
            }
        }
    }

    private bool Fill(List<T> batch)
    {
        var bytes = 0L;
        while (batch.Count < _limits.MaxBatchRows && _channel.Reader.TryPeek(out var next))
        {
            bytes += next.Bytes;
            if (batch.Count > 0 && bytes > _limits.MaxBatchBytes)
            {
                break;
            }

            _channel.Reader.TryRead(out _);
            batch.Add(next);
        }

        return batch.Count > 0;
    }

    private async Task ProcessAsync(List<T> batch)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        try
        {
            await _process(batch);
        }
#pragma warning disable CA1031 // Whatever goes wrong belongs to the callers of this group; the queue has to go on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var item in batch)
            {
                item.Fail(exception);
            }
        }

        if (_measuredAs is not null && StoreTelemetry.IsOn)
        {
            StoreTelemetry.Committed(_measuredAs, batch.Count, TimeProvider.System.GetElapsedTime(startedAt));
        }
    }
}
