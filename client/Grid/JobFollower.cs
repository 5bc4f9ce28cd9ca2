using System.Runtime.CompilerServices;

namespace OrleansJobs.GridClient;

/// <summary>Follows jobs to their ends by long polls.</summary>
internal sealed class JobFollower(GridApi grid, TimeProvider time)
{
    /// <summary>Jobs waited for at the same time.</summary>
    private const int MaxWaits = 32;

    private readonly Patience _patience = new(time);

    /// <summary>The job as it is now and after each change, until it has ended. The grid has to be there for the first look.</summary>
    public async IAsyncEnumerable<JobSnapshot> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var job = await grid.GetAsync(id, cancellationToken);
        yield return job;
        while (!job.State.IsTerminal())
        {
            var seen = job.Version;
            job = await _patience.TryAsync(() => grid.WaitForChangeAsync(id, seen, cancellationToken), cancellationToken);
            if (job.Version != seen)
            {
                yield return job;
            }
        }
    }

    /// <summary>Waits until the job has ended.</summary>
    public async Task<JobSnapshot> WaitAsync(JobId id, CancellationToken cancellationToken)
    {
        var seen = 0L;
        while (true)
        {
            var job = await _patience.TryAsync(() => grid.WaitForChangeAsync(id, seen, cancellationToken), cancellationToken);
            if (job.State.IsTerminal())
            {
                return job;
            }

            seen = job.Version;
        }
    }

    /// <summary>Waits until all jobs have ended, and tells each as its end is seen; one at a time.</summary>
    public async Task WaitAllAsync<T>(
        IReadOnlyCollection<T> jobs, Func<T, JobId> idOf, Action<T, JobSnapshot> onEnded, CancellationToken cancellationToken)
    {
        var oneAtATime = new Lock();
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxWaits, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(jobs, options, async (job, token) =>
        {
            var ended = await WaitAsync(idOf(job), token);
            lock (oneAtATime)
            {
                onEnded(job, ended);
            }
        });
    }
}
