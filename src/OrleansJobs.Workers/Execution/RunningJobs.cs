using System.Runtime.InteropServices;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Execution;

/// <summary>The leases that this silo works on, of all classes: the place through which running attempts are stopped.</summary>
public sealed class RunningJobs : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, RunningAttempt> _attempts = [];
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TimeProvider _time;
    private int _count;

    /// <summary>Makes an empty table.</summary>
    public RunningJobs(TimeProvider time) => _time = time;

    /// <summary>Leases that are worked on.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Asks every attempt on this silo to end.</summary>
    public void StopAll(CancellationCause cause)
    {
        foreach (var attempt in All())
        {
            attempt.Stop(cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _abandoned.Dispose();

    /// <summary>The jobs whose attempts run here, the oldest first.</summary>
    /// <param name="max">How many at most.</param>
    internal IReadOnlyList<RunningJob> Show(int max) =>
    [
        .. All().Select(attempt => attempt.Job).OfType<JobRecord>().OrderBy(job => job.StartedAt).Take(max)
            .Select(job => new RunningJob(job.Id, job.JobClass, job.Tenant, job.Attempt, job.StartedAt ?? default)),
    ];

    /// <summary>Gives up all that still tries to reach the grid: the silo has no time left.</summary>
    internal void Abandon() => _abandoned.Cancel();

    /// <summary>The entry of a lease, made if there is none.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="grantedAt">The timestamp at or after which it was granted; now if that is not known.</param>
    internal RunningAttempt Register(JobLease lease, long? grantedAt = null)
    {
        lock (_gate)
        {
            ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_attempts, lease.Job.Id, out _);
            for (var attempt = newest; attempt is not null; attempt = attempt.Sibling)
            {
                if (attempt.Lease.Id == lease.Id)
                {
                    return attempt;
                }
            }

            _count++;
            var now = _time.GetTimestamp();
            return newest = new RunningAttempt(lease, now, Math.Min(grantedAt ?? now, now), _abandoned.Token) { Sibling = newest };
        }
    }

    /// <summary>
    /// Gives an attempt the token it was started with, unless another attempt of the same job on this silo goes by it: that one is the
    /// live one then.
    /// </summary>
    internal bool TryClaimToken(RunningAttempt attempt, long leaseToken)
    {
        lock (_gate)
        {
            for (var other = _attempts.GetValueOrDefault(attempt.Lease.Job.Id); other is not null; other = other.Sibling)
            {
                if (other != attempt && other.LeaseToken == leaseToken)
                {
                    return false;
                }
            }

            attempt.LeaseToken = leaseToken;
        }

        attempt.CancelIfMeant();
        return true;
    }

    /// <summary>Takes an entry out; one that is out already stays out.</summary>
    internal void Remove(RunningAttempt attempt)
    {
        lock (_gate)
        {
            ref var newest = ref CollectionsMarshal.GetValueRefOrNullRef(_attempts, attempt.Lease.Job.Id);
            if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref newest))
            {
                return;
            }

            if (newest == attempt)
            {
                _count--;
                RemoveNewest(attempt);
                return;
            }

            for (var younger = newest; younger.Sibling is not null; younger = younger.Sibling)
            {
                if (younger.Sibling == attempt)
                {
                    younger.Sibling = attempt.Sibling;
                    _count--;
                    return;
                }
            }
        }
    }

    private void RemoveNewest(RunningAttempt attempt)
    {
        if (attempt.Sibling is { } older)
        {
            _attempts[attempt.Lease.Job.Id] = older;
        }
        else
        {
            _attempts.Remove(attempt.Lease.Job.Id);
        }
    }

    private RunningAttempt[] All()
    {
        lock (_gate)
        {
            return [.. _attempts.Keys.SelectMany(AttemptsOf)];
        }
    }

    private IEnumerable<RunningAttempt> AttemptsOf(JobId id)
    {
        for (var attempt = _attempts.GetValueOrDefault(id); attempt is not null; attempt = attempt.Sibling)
        {
            yield return attempt;
        }
    }
}
