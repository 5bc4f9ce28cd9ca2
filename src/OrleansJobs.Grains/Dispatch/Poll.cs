using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>A silo's exchange that waits for its answer.</summary>
internal sealed class Poll
{
    private readonly TaskCompletionSource<ExchangeReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer, once there is one.</summary>
    public Task<ExchangeReply> Reply => _reply.Task;

    public void Answer(ExchangeReply reply) => _reply.TrySetResult(reply);

    /// <summary>Waits for the answer, until the time is up or the silo stops; false if there is none yet.</summary>
    public async Task<bool> WaitAsync(TimeSpan waitUpTo, TimeProvider time, CancellationToken stopping)
    {
        try
        {
            await Reply.WaitAsync(waitUpTo, time, stopping);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return Reply.IsCompleted;
        }
    }
}
