using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage.GroupCommit;

/// <summary>A read of one job that waits for its group.</summary>
internal sealed class JobRead(JobId id) : IBatchItem
{
    private readonly TaskCompletionSource<JobRecord?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobId Id { get; } = id;

    public Task<JobRecord?> Task => _answer.Task;

    public int Bytes => 0;

    public void Succeed(JobRecord? record) => _answer.TrySetResult(record);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
