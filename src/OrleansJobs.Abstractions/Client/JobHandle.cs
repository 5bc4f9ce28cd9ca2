using System.Runtime.CompilerServices;

namespace OrleansJobs;

/// <summary>A submitted job, to be followed and steered.</summary>
public class JobHandle
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    /// <summary>Makes a handle; usually a submit does.</summary>
    public JobHandle(IJobClient client, JobId id, SubmitStatus status)
    {
        ArgumentNullException.ThrowIfNull(client);
        Client = client;
        Id = id;
        Status = status;
    }

    /// <summary>The job's identity.</summary>
    public JobId Id { get; }

    /// <summary>What became of the submit that gave this handle.</summary>
    public SubmitStatus Status { get; }

    /// <summary>The grid.</summary>
    protected IJobClient Client { get; }

    /// <summary>What pauses between tries to reach the grid go by.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The job as it is now.</summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    public Task<JobSnapshot> GetAsync(CancellationToken cancellationToken = default) => Client.GetAsync(Id, cancellationToken);

    /// <summary>
    /// Waits until the job has ended, however it ended, and gives it as it is then. Survives restarts of the silos; it ends early only by
    /// the token.
    /// </summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    public async Task<JobSnapshot> WaitAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var job in WatchAsync(cancellationToken))
        {
            if (job.State.IsTerminal())
            {
                return job;
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>The job as it is now and after each change that is seen, until it has ended. Quick changes may be merged.</summary>
    /// <exception cref="JobNotFoundException">The grid does not know the job.</exception>
    public async IAsyncEnumerable<JobSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var patience = new ReconnectPatience(Time);
        var seen = 0L;
        while (true)
        {
            var job = await NextAsync(seen, patience, cancellationToken);
            if (job is null || job.Version == seen)
            {
                continue;
            }

            seen = job.Version;
            yield return job;
            if (job.State.IsTerminal())
            {
                yield break;
            }
        }
    }

    /// <summary>The job's progress as it is reported, until the job has ended.</summary>
    public async IAsyncEnumerable<JobProgress> WatchProgressAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        JobProgress? last = null;
        await foreach (var job in WatchAsync(cancellationToken))
        {
            if (job.Progress is { } progress && progress != last)
            {
                last = progress;
                yield return progress;
            }
        }
    }

    /// <summary>Why the job does not run.</summary>
    public Task<JobWait> ExplainAsync(CancellationToken cancellationToken = default) => Client.ExplainAsync(Id, cancellationToken);

    /// <summary>Cancels the job; see <see cref="IJobClient.CancelAsync"/>.</summary>
    public Task<JobSnapshot> CancelAsync(string? reason = null, CancellationToken cancellationToken = default) =>
        Client.CancelAsync(Id, reason, cancellationToken);

    /// <summary>Tries the job again; see <see cref="IJobClient.RetryAsync"/>.</summary>
    public Task<JobSnapshot> RetryAsync(CancellationToken cancellationToken = default) => Client.RetryAsync(Id, cancellationToken);

    private async Task<JobSnapshot?> NextAsync(long seen, ReconnectPatience patience, CancellationToken cancellationToken)
    {
        try
        {
            var job = await Client.WaitForChangeAsync(Id, seen, LongPoll, cancellationToken);
            patience.Reset();
            return job;
        }
        catch (GridUnavailableException)
        {
            await patience.PauseAsync(cancellationToken);
            return null;
        }
    }
}
