using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Pools;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Agents;

/// <summary>
/// The leases of one class on this silo, each in a slot. Empty, it has no timer; with leases, it has one, which asks for their renewal and
/// stops attempts whose lease could not be renewed in time.
/// </summary>
internal sealed partial class ClassPool : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HeldLeases _held;
    private readonly PoolPermits _permits;
    private readonly AgentParts _parts;
    private readonly Action<LeaseCompletion> _ended;
    private readonly Action _renew;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly string _jobClass;
    private readonly string _what;
    private TaskCompletionSource? _drained;
    private long _renewedAt;
    private long _toldLife;
    private int _runs;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="parts">What it works with.</param>
    /// <param name="ended">Hears of every lease that ended.</param>
    /// <param name="renew">Hears that the dispatcher has to be told what is held, and how many slots there are.</param>
    public ClassPool(RegisteredClass jobClass, AgentParts parts, Action<LeaseCompletion> ended, Action renew)
    {
        _jobClass = jobClass.Name;
        _what = $"A slot of '{_jobClass}'";
        _parts = parts;
        _ended = ended;
        _renew = renew;
        _logger = parts.Loggers.CreateLogger<ClassPool>().Contained();
        _held = new HeldLeases(parts.Time);
        _permits = new PoolPermits(jobClass.Options.MaxLocalWorkers, jobClass.Options.EffectiveCeiling);
        parts.Gate.OnTurn(renew);
        _timer = parts.Time.CreateOwnedTimer($"The renewal of the leases of '{_jobClass}'", OnTimer, _logger);
    }

    /// <summary>Slots that the dispatcher may fill. Those of handlers that overstay, or whose lease is lost, are taken but not the dispatcher's.</summary>
    public int PermitsToTell
    {
        get
        {
            lock (_gate)
            {
                return PermitsNow;
            }
        }
    }

    /// <summary>The pool as it stands.</summary>
    public SiloPool Status
    {
        get
        {
            lock (_gate)
            {
                return new(_jobClass, _permits.Limit, _permits.Ceiling, _permits.Running) { Overstaying = _held.Overstaying };
            }
        }
    }

    private int PermitsNow => _drained is not null || _parts.Gate.IsClosed ? 0 : Math.Max(0, _permits.Limit - (_permits.Running - _held.Count));

    /// <summary>Slots in force; moved into the range from 0 to the ceiling. Lowering it stops nobody.</summary>
    public void SetLimit(int limit)
    {
        var before = _permits.Limit;
        _permits.Limit = limit;
        if (before != _permits.Limit)
        {
            LogPermits(_logger, _jobClass, _permits.Limit);
        }
    }

    /// <summary>
    /// Runs a lease in a free slot. It is given back if none is free, when draining, if it was so long on its way that it may be over, and if
    /// a later life of the dispatcher has been told what is held here without it.
    /// </summary>
    /// <param name="lease">The lease.</param>
    /// <param name="grantedAt">The timestamp at or after which it was granted; null if that is not known.</param>
    public void Begin(JobLease lease, long? grantedAt)
    {
        RunningAttempt? attempt = null;
        lock (_gate)
        {
            if (_held.Contains(lease.Id))
            {
                return;
            }

            if (_drained is null && !IsUntold(lease.Id) && !MayBeOver(grantedAt) && _permits.TryTake())
            {
                attempt = _parts.Running.Register(lease, grantedAt);
                Hold(attempt);
            }
        }

        if (attempt is null)
        {
            _ended(lease.NotStarted());
        }
        else
        {
            RenewIfOld(attempt);
            RunAsync(attempt).Own(_what, _logger);
        }
    }

    /// <summary>Stops the attempt of a lease that the dispatcher has taken away.</summary>
    public void Lose(LeaseId id)
    {
        RunningAttempt? attempt;
        lock (_gate)
        {
            attempt = _held.Lose(id);
        }

        if (attempt is not null)
        {
            using var scope = _logger.BeginScope(attempt.Scope);
            LogLost(_logger, attempt.Lease.Job.Id, _jobClass, "the dispatcher has taken it back");
            attempt.Stop(CancellationCause.LeaseLost);
        }
    }

    /// <summary>Stops an attempt because its job is to be cancelled.</summary>
    public void Stop(StopOrder stop)
    {
        RunningAttempt? attempt;
        lock (_gate)
        {
            attempt = _held.Find(stop.Lease);
        }

        attempt?.Cancel(stop.LeaseToken);
    }

    /// <summary>The pool at this moment, to be told to a life of the dispatcher; without one, all but what is held.</summary>
    public PoolReport Report(long? life)
    {
        lock (_gate)
        {
            _toldLife = Math.Max(_toldLife, life ?? 0);
            return new PoolReport(PermitsNow, life is null ? null : _held.ToRenew(), _held.ShowOverstays());
        }
    }

    /// <summary>Notes that these leases were renewed by a request sent at that timestamp.</summary>
    public void Renewed(IReadOnlyList<HeldLease> leases, long sentAt)
    {
        lock (_gate)
        {
            _held.Renewed(leases, sentAt);
            _renewedAt = Math.Max(_renewedAt, sentAt);
            SetTimer();
        }
    }

    /// <summary>Takes no more leases; completes when none is worked on.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_runs == 0)
            {
                _drained.TrySetResult();
            }

            return _drained.Task;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Hold(RunningAttempt attempt)
    {
        _runs++;
        _held.Add(attempt);
        if (_held.Count == 1 || attempt.RenewedAt < _renewedAt)
        {
            _renewedAt = attempt.RenewedAt;
            SetTimer();
        }
    }

    private bool IsUntold(LeaseId lease) => lease.Epoch < _toldLife;

    private bool MayBeOver(long? grantedAt) => grantedAt is { } at && _parts.Time.GetElapsedTime(at) >= _parts.Options.FenceAge;

    /// <summary>A lease that was long on its way would be over before the next renewal.</summary>
    private void RenewIfOld(RunningAttempt attempt)
    {
        if (_parts.Time.GetElapsedTime(attempt.RenewedAt) >= _parts.Options.RenewPeriod)
        {
            _renew();
        }
    }

    private async Task RunAsync(RunningAttempt attempt)
    {
        LeaseCompletion? completion = null;
        try
        {
            completion = await _parts.Slots.RunAsync(attempt.Lease);
        }
        catch (Exception exception)
        {
            using var scope = _logger.BeginScope(attempt.Scope);
            LogSlotFailed(_logger, exception, attempt.Lease.Job.Id, _jobClass);
        }
        finally
        {
            Ended(attempt, completion ?? attempt.BrokenOff());
        }
    }

    private void Ended(RunningAttempt attempt, LeaseCompletion completion)
    {
        _parts.Running.Remove(attempt);
        var overstay = attempt.HandlerReturned;
        bool hasReturned;
        lock (_gate)
        {
            hasReturned = overstay.IsCompleted;
            _held.Ended(attempt, hasReturned);
            if (hasReturned)
            {
                _permits.Release();
            }
        }

        if (!hasReturned)
        {
            ReleaseAfterAsync(attempt, overstay).Own(_what, _logger);
        }

        if (IsUnknown(completion))
        {
            _renew();
        }
        else
        {
            _ended(completion);
        }

        lock (_gate)
        {
            if (--_runs == 0)
            {
                _drained?.TrySetResult();
            }
        }
    }

    // Nobody has said what became of the job: the lease is lost, or the ack has no answer. Left alone, the lease expires, and then the
    // job's authority decides; told now, the dispatcher would take it that somebody else runs the job.
    private static bool IsUnknown(LeaseCompletion completion) => completion is { Started: true, State: JobState.Running };

    private async Task ReleaseAfterAsync(RunningAttempt attempt, Task overstay)
    {
        await overstay;
        lock (_gate)
        {
            _held.Returned(attempt);
            _permits.Release();
        }

        _renew();
    }
}
