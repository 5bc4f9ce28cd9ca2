using OrleansJobs.Core.Dispatch;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Shell;

/// <summary>The leases of one class on a silo, each in a slot; asks for their renewal and stops attempts whose lease could not be renewed in time.</summary>
internal sealed class ClassPool
{
    private static readonly TimeSpan FenceAge = Times.LeaseTimeout - Times.FenceMargin;
    private readonly Dictionary<LeaseId, Attempt> _held = [];
    private readonly List<Attempt> _attempts = [];
    private readonly Silo _silo;
    private readonly SiloAgent _agent;
    private readonly ClassPlan _plan;
    private readonly Action<LeaseCompletion> _ended;
    private readonly Action _renew;
    private DateTimeOffset _renewedAt;
    private long _toldLife;
    private bool _draining;
    private long _timer;

    public ClassPool(Silo silo, SiloAgent agent, ClassPlan plan, Action<LeaseCompletion> ended, Action renew)
    {
        (_silo, _agent, _plan, _ended, _renew) = (silo, agent, plan, ended, renew);
        Limit = plan.Settings.MaxLocalWorkers;
        silo.World.History.Add(new PoolLimit(silo.Name, plan.Name, Limit));
    }

    public int Limit { get; private set; }

    /// <summary>Slots that are taken, by handlers that overstay too.</summary>
    public int SlotsTaken { get; private set; }

    /// <summary>Whether no lease is worked on.</summary>
    public bool IsIdle => _attempts.TrueForAll(attempt => attempt.Overstays);

    /// <summary>Slots that the dispatcher may fill.</summary>
    public int PermitsToTell => _draining || _agent.Gate.IsClosed ? 0 : Math.Max(0, Limit - (Taken - _held.Count));

    private int Taken => _silo.World.Protocol.SharesOnePool ? _agent.SlotsTaken : SlotsTaken;

    public void SetLimit(int limit)
    {
        limit = Math.Clamp(limit, 0, ClassPlan.Ceiling);
        if (limit != Limit)
        {
            Limit = limit;
            _silo.World.History.Add(new PoolLimit(_silo.Name, _plan.Name, limit));
        }
    }

    /// <summary>The silo's gate has closed or opened.</summary>
    public void Turned() => _renew();

    public void Begin(JobLease lease, DateTimeOffset grantedAt)
    {
        if (_held.ContainsKey(lease.Id))
        {
            return;
        }

        if (_draining || IsUntold(lease.Id) || Taken >= Limit || _silo.Now - grantedAt >= FenceAge)
        {
            _ended(Completions.NotStarted(lease));
            return;
        }

        var attempt = new Attempt(lease, _silo.Now, grantedAt);
        SlotsTaken++;
        _attempts.Add(attempt);
        _held.Add(lease.Id, attempt);
        if (_held.Count == 1 || grantedAt < _renewedAt)
        {
            _renewedAt = grantedAt;
            SetTimer();
        }

        if (_silo.Now - grantedAt >= Times.RenewPeriod)
        {
            _renew();
        }

        new LeaseRun(_silo, _agent, this, attempt, Ended).Begin();
    }

    public void Lose(LeaseId id)
    {
        if (_held.Remove(id, out var held))
        {
            held.Stop(CancellationCause.LeaseLost);
        }
    }

    /// <summary>Stops an attempt whose lease is so old that it may be over: no handler begins under it.</summary>
    public void GiveUpIfOld(Attempt attempt)
    {
        if (IsOld(attempt) && !_silo.World.Protocol.BeginsUnderOldLeases)
        {
            attempt.Stop(CancellationCause.LeaseLost);
        }
    }

    public void Stop(StopOrder stop)
    {
        if (_held.TryGetValue(stop.Lease, out var attempt))
        {
            attempt.Cancel(stop.LeaseToken);
        }
    }

    public void StopAll(CancellationCause cause) => _attempts.ToList().ForEach(attempt => attempt.Stop(cause));

    public void Drain() => _draining = true;

    /// <summary>Handlers that run on although their lease has ended.</summary>
    public IReadOnlyList<OverstayingHandler> Overstays() => _silo.World.Protocol.ConcealsOverstays ? [] :
    [
        .. _attempts.Where(attempt => !_held.ContainsKey(attempt.Lease.Id))
            .Select(attempt => new OverstayingHandler(attempt.Lease.Job.Id, attempt.Lease.Id, attempt.Lease.Job.Tenant, TimeSpan.Zero)),
    ];

    /// <summary>What is held, to be told to a life of the dispatcher: from then on no lease of an earlier life begins.</summary>
    public IReadOnlyList<HeldLease> ToRenew(long life)
    {
        _toldLife = Math.Max(_toldLife, life);
        return [.. _held.Values.Select(held => new HeldLease(held.Lease, held.Token))];
    }

    public void Renewed(IReadOnlyList<HeldLease> leases, DateTimeOffset sentAt)
    {
        foreach (var lease in leases)
        {
            if (_held.TryGetValue(lease.Lease.Id, out var held))
            {
                held.Renewed(sentAt);
            }
        }

        _renewedAt = _renewedAt > sentAt ? _renewedAt : sentAt;
        SetTimer();
    }

    /// <summary>Gives an attempt its token, unless another attempt of the job on this silo goes by it.</summary>
    public bool TryClaim(Attempt attempt, long token)
    {
        if (_attempts.Exists(other => other != attempt && other.Lease.Job.Id == attempt.Lease.Job.Id && other.Token == token))
        {
            return false;
        }

        attempt.Token = token;
        return true;
    }

    private void Ended(Attempt attempt, LeaseCompletion completion)
    {
        _held.Remove(attempt.Lease.Id);
        if (attempt.Overstays)
        {
            attempt.OnReturn = () =>
            {
                Free(attempt);
                _renew();
            };
        }
        else
        {
            Free(attempt);
        }

        // Nobody has said what became of the job: left alone, the lease expires, and the job's authority decides.
        if (completion is { Started: true, State: JobState.Running })
        {
            _renew();
        }
        else
        {
            _ended(completion);
        }
    }

    private void Free(Attempt attempt)
    {
        SlotsTaken--;
        _attempts.Remove(attempt);
        if (attempt.MayBeAlone && !_silo.World.Protocol.LeavesWithoutAWord)
        {
            attempt.EndIsolation!(() => _agent.Gate.Leave(attempt));
        }
        else if (attempt.IsInside)
        {
            _agent.Gate.Leave(attempt);
        }
    }

    private void OnTimer()
    {
        var lost = _held.Values.Where(IsOld).ToList();
        lost.ForEach(attempt => _held.Remove(attempt.Lease.Id));
        var renew = _held.Count > 0;
        SetTimer();
        lost.ForEach(attempt => attempt.Stop(CancellationCause.LeaseLost));
        if (renew || lost.Count > 0)
        {
            _renew();
        }
    }

    private bool IsUntold(LeaseId lease) => lease.Epoch < _toldLife && !_silo.World.Protocol.BeginsUntoldLeases;

    private bool IsOld(Attempt attempt) => !_silo.World.Protocol.HasNoFence && _silo.Now - attempt.RenewedAt >= FenceAge;

    private void SetTimer()
    {
        var timer = ++_timer;
        if (_held.Count == 0)
        {
            return;
        }

        var renewIn = Times.RenewPeriod - (_silo.Now - _renewedAt);
        var fenceIn = FenceAge - (_silo.Now - _held.Values.Min(held => held.RenewedAt));
        var next = renewIn > TimeSpan.Zero && renewIn < fenceIn ? renewIn : fenceIn;
        _silo.After(next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(_silo.World.Protocol.HasNoFence ? 500 : 1), () =>
        {
            if (timer == _timer)
            {
                OnTimer();
            }
        });
    }
}
