using System.Collections.Concurrent;
using System.Text;

namespace OrleansJobs.Dashboard.Tests.Support;

/// <content>What tests do to the grid and see of it.</content>
internal sealed partial class InMemoryGrid
{
    public DateTimeOffset Now { get; set; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Each submit call's size, in order.</summary>
    public ConcurrentQueue<int> BatchSizes { get; } = new();

    /// <summary>Gets a permit each time that a caller begins to wait for a change.</summary>
    public SemaphoreSlim Waiting { get; } = new(0);

    /// <summary>Gets a permit each time that a call fails because of <see cref="FailWith"/>.</summary>
    public SemaphoreSlim Refused { get; } = new(0);

    /// <summary>Called with each accepted job, outside the lock; a test runs jobs from here.</summary>
    public Action<JobSnapshot>? OnAccepted { get; set; }

    /// <summary>Called with each job that is retried.</summary>
    public Action<JobId>? OnRetried { get; set; }

    /// <summary>Called with each job that is deleted, after that.</summary>
    public Action<JobId>? OnDeleted { get; set; }

    /// <summary>What every cancel waits for.</summary>
    public Task HoldCancels { get; set; } = Task.CompletedTask;

    /// <summary>Makes every call fail, those that wait too; null makes the grid well again.</summary>
    public void FailWith(Exception? failure)
    {
        lock (_lock)
        {
            _failure = failure;
            Signal();
        }
    }

    public void Forget(string jobClass)
    {
        lock (_lock)
        {
            _classes.Remove(jobClass);
        }
    }

    public IReadOnlyList<JobSnapshot> All()
    {
        lock (_lock)
        {
            return [.. _jobs.Values.OrderBy(job => job.Id)];
        }
    }

    public JobSnapshot LoseSilos(JobId id, int losses) => Change(id, job => job with { SiloLosses = losses });

    public JobSnapshot Start(JobId id, TimeSpan waited = default, WaitReason waitedFor = WaitReason.None) => Change(id, job => job with
    {
        State = JobState.Running, Attempt = job.Attempt + 1, DueAt = Now - waited, StartedAt = Now, WaitedFor = waitedFor, Silo = "silo-1",
    });

    public JobSnapshot Report(JobId id, double fraction, string message) =>
        Change(id, job => job with { Progress = new JobProgress(fraction, message, Now) });

    /// <summary>The running attempt fails; the next one is due later.</summary>
    public JobSnapshot Fail(JobId id, JobError error, TimeSpan backoff) => Change(id, job => job with
    {
        State = JobState.Retrying,
        DueAt = Now + backoff,
        LastError = error,
        Attempts =
        [
            .. job.Attempts,
            new JobAttempt(job.Attempt, job.Silo!, job.StartedAt!.Value, Now, AttemptOutcome.Failed, error) { DueAt = job.DueAt, WaitedFor = job.WaitedFor },
        ],
    });

    public JobSnapshot Succeed(JobId id, string? result = null) => Finish(id, job => job with
    {
        State = JobState.Succeeded,
        Result = result is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(result),
    });

    public JobSnapshot Die(JobId id, string message) =>
        Finish(id, job => job with { State = JobState.DeadLettered, LastError = new JobError("Boom", message, "at Stack.Trace()") });
}
