using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>A silo's exchange that waits for its answer.</summary>
internal sealed class Poll
{
    private readonly TaskCompletionSource<ExchangeReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Answer(ExchangeReply reply) => _reply.TrySetResult(reply);

    /// <summary>The answer; null if there is none until the time is up.</summary>
    public async Task<ExchangeReply?> WaitAsync(TimeSpan waitUpTo, TimeProvider time)
    {
        if (_reply.Task.IsCompleted)
        {
            return await _reply.Task;
        }

        try
        {
            return await _reply.Task.WaitAsync(waitUpTo, time);
        }
        catch (TimeoutException)
        {
            return _reply.Task.IsCompleted ? await _reply.Task : null;
        }
    }
}
