using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;

namespace OrleansJobs.Embedded.Jobs;

/// <summary>
/// The jobs in this process's memory, so that the start and the ack of a job need no read. Those that somebody works with are there, and
/// those that run; of the waiting ones as many as the limits allow, because the ones that came first run first. Ended ones leave.
/// </summary>
internal sealed class JobTable(IJobStore store, TimeProvider time, ILogger<JobTable> logger)
{
    /// <summary>Waiting jobs in memory that nobody works with.</summary>
    public const int MaxIdleJobs = 20_000;

    /// <summary>What these may weigh together, in bytes.</summary>
    public const long MaxIdleBytes = 64 * 1024 * 1024;

    /// <summary>A waiting job that nobody has worked with for this long gives way to a newer one.</summary>
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, CachedJob> _jobs = [];
    private readonly LinkedList<CachedJob> _idle = new();

    /// <summary>Jobs in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _jobs.Count;
            }
        }
    }

    /// <summary>What the waiting jobs weigh that nobody works with, in bytes.</summary>
    public long IdleBytes { get; private set; }

    /// <summary>Waits for the turn to work on a job; its cell then shows what is stored.</summary>
    /// <param name="id">The job.</param>
    /// <param name="isNew">Whether the job most likely is not stored yet: then it is not read, and an insert finds out.</param>
    /// <exception cref="GridUnavailableException">The store does not answer.</exception>
    public async ValueTask<JobTurn> EnterAsync(JobId id, bool isNew = false)
    {
        var job = Take(id);
        await job.Turn.WaitAsync();
        try
        {
            if (isNew && job.Cell is { IsUnclear: true, Exists: false })
            {
                job.Cell.Adopt(null);
            }

            await job.Cell.SettleAsync();
            return new JobTurn(this, job);
        }
        catch
        {
            Leave(job);
            throw;
        }
    }

    /// <summary>Keeps the job in memory without working on it.</summary>
    public JobHold Hold(JobId id) => new(this, Take(id));

    /// <summary>The job as it certainly is stored, if it is in memory.</summary>
    public JobRecord? Find(JobId id)
    {
        lock (_gate)
        {
            return _jobs.GetValueOrDefault(id)?.Cell.Known;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void Leave(CachedJob job)
    {
        job.Turn.Release();
        Release(job);
    }

    /// <summary>Ends a hold.</summary>
    public void Release(CachedJob job)
    {
        lock (_gate)
        {
            if (--job.Users > 0)
            {
                return;
            }

            if (job.Cell.Known is not { } record || record.State.IsTerminal() || (record.State.IsWaiting() && !MakeRoom(job.Cell.Weight)))
            {
                _jobs.Remove(job.Id);
            }
            else if (record.State.IsWaiting())
            {
                job.IdleSince = time.GetTimestamp();
                job.Idle = _idle.AddLast(job);
                IdleBytes += job.Cell.Weight;
            }
        }
    }

    private CachedJob Take(JobId id)
    {
        lock (_gate)
        {
            if (!_jobs.TryGetValue(id, out var job))
            {
                _jobs.Add(id, job = new CachedJob(id, store, logger));
            }

            job.Users++;
            EndIdle(job);
            return job;
        }
    }

    private bool MakeRoom(long weight)
    {
        while (_idle.Count >= MaxIdleJobs || IdleBytes + weight > MaxIdleBytes)
        {
            if (_idle.First is not { Value: var oldest } || time.GetElapsedTime(oldest.IdleSince) < MaxIdleTime)
            {
                return false;
            }

            EndIdle(oldest);
            _jobs.Remove(oldest.Id);
        }

        return true;
    }

    private void EndIdle(CachedJob job)
    {
        if (job.Idle is { } place)
        {
            _idle.Remove(place);
            IdleBytes -= job.Cell.Weight;
            job.Idle = null;
        }
    }
}
