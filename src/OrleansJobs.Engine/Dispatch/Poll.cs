using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>A silo's exchange that waits for its answer.</summary>
internal sealed class Poll(TimeProvider time)
{
    private readonly long _parkedAt = time.GetTimestamp();
    private readonly TaskCompletionSource<ExchangeReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answer, once there is one.</summary>
    public Task<ExchangeReply> Reply => _reply.Task;

    public void Answer(ExchangeReply reply) => _reply.TrySetResult(reply with { ParkedFor = time.GetElapsedTime(_parkedAt) });
}
