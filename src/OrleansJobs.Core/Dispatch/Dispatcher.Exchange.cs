namespace OrleansJobs.Core.Dispatch;

/// <content>What silos report, and what becomes of leases.</content>
public sealed partial class Dispatcher
{
    /// <summary>
    /// Takes in what a silo says: its permits, the leases that have ended, and, when it renews, the leases that it holds. From now on it
    /// listens: the next <see cref="Dispatch"/> may have orders for it.
    /// </summary>
    /// <returns>
    /// An answer that has to be given at once, because the silo has to say first what it holds, or because it counts as lost. Null if the
    /// exchange waits for orders, or for <see cref="Reply(string)"/>.
    /// </returns>
    public ExchangeReply? Exchange(ExchangeRequest request, DateTimeOffset now)
    {
        Advance(now);
        IsSuperseded |= request.KnownEpoch > _epoch || (request.Held ?? []).Any(held => held.Lease.Id.Epoch > _epoch);
        if (_silos.IsLost(request.Silo))
        {
            return RefuseLost(request);
        }

        var silo = _silos.Get(request.Silo);
        if (silo.IsSynced && request.KnownEpoch != _epoch)
        {
            // It was sent before the silo knew this life, and has come late: what the silo has said since stands.
            Complete(request);
            return new ExchangeReply { Epoch = _epoch, Settings = _settings };
        }

        var isLate = request.Number < silo.HeardExchange;
        (silo.SeenAt, silo.IsConnected) = (now, true);
        Complete(request);
        if (!isLate)
        {
            Hear(silo, request, now);
        }

        if (request.Held is { } held && request.KnownEpoch == _epoch)
        {
            Renew(silo, held, request, isLate, now);
        }
        else if (!silo.IsSynced)
        {
            // What it said without knowing this life, it may have said before it took leases of the last one.
            return new ExchangeReply { Epoch = _epoch, Settings = _settings, HeldWanted = true };
        }

        _silos.Recount();
        _silos.StartListening(silo, request.Number);
        return null;
    }

    /// <summary>The answer to an exchange that has waited long enough: what there is to say, without leases. The silo listens no more.</summary>
    public ExchangeReply Reply(string silo)
    {
        if (_silos.Find(silo) is not { } known)
        {
            return new ExchangeReply { Epoch = _epoch, Settings = _settings };
        }

        _silos.StopListening(known);
        return Reply(known.TakeOrders());
    }

    /// <summary>The answer that carries orders.</summary>
    public ExchangeReply Reply(SiloOrders orders) => new()
    {
        Epoch = _epoch,
        Settings = _settings,
        Leases = orders.Leases,
        Stops = orders.Stops,
        Lost = orders.Lost,
    };

    /// <summary>What a silo says of itself, unless a later exchange has said more.</summary>
    private void Hear(Silo silo, ExchangeRequest request, DateTimeOffset now)
    {
        (silo.HeardExchange, silo.Permits, silo.Draining) = (request.Number, Math.Max(0, request.Permits), request.Draining);
        if (request.KnownEpoch == _epoch)
        {
            _overstays.Told(silo, request.Overstays, now);
            silo.ReportedAt = request.Held is null ? silo.ReportedAt : now;
        }
    }

    private ExchangeReply RefuseLost(ExchangeRequest request)
    {
        Complete(request);
        return new ExchangeReply
        {
            Epoch = _epoch,
            Settings = _settings,
            Lost = [.. (request.Held ?? []).Select(held => held.Lease.Id)],
        };
    }

    private void Complete(ExchangeRequest request)
    {
        for (var i = 0; i < request.Completions.Count; i++)
        {
            var completion = request.Completions[i];
            if (_leases.Find(completion.JobId) is { } lease && IsEndOf(lease, completion, request.Silo))
            {
                Complete(lease, completion);
            }
            else if (completion.LeaseId.Epoch < _epoch && completion.State.IsWaiting() && !Knows(completion.JobId))
            {
                ReconcileWanted = true;
            }
        }
    }

    private bool IsEndOf(LiveLease lease, LeaseCompletion completion, string silo) =>
        lease.Lease.Id == completion.LeaseId
        || (lease.IsRecovered && completion.LeaseId.Epoch < _epoch && string.Equals(lease.Silo.Name, silo, StringComparison.Ordinal));

    private void Complete(LiveLease lease, LeaseCompletion completion)
    {
        _totals.CountEnd(lease, completion);
        _insight.Ended(lease, completion, _now);
        if (!completion.Started && lease.Lease.Id.Epoch == _epoch)
        {
            _rate.GiveBack(lease.Lease.GrantedAt, _now);
        }

        var waits = completion.State.IsWaiting();
        End(lease, waits ? lease.Lease.Job with { DueAt = completion.DueAt, State = completion.State } : null);
        ReconcileWanted |= completion.State == JobState.Running;
    }

    /// <summary>Frees the slot. The job comes back before its tenant's slot does, so that the tenant is not forgotten in between.</summary>
    private void End(LiveLease lease, WaitingJob? again)
    {
        _leases.Remove(lease);
        _overstays.LeaseEnds(lease, _now);
        var announced = lease.Again;
        if (again is null || announced?.DueAt < again.DueAt)
        {
            again = announced ?? again;
        }

        if (again is not null)
        {
            _waiting.Put(again, Wall);
        }

        _waiting.Backlog.Vacate(lease.Tenant, _now);
    }

    private void Renew(Silo silo, IReadOnlyList<HeldLease> held, ExchangeRequest request, bool isLate, DateTimeOffset now)
    {
        foreach (var named in held)
        {
            if (!Confirm(silo, named, request.Number, now) && !Adopt(silo, named, request.Completions, now))
            {
                silo.Lost.Add(named.Lease.Id);
                if (!isLate)
                {
                    _overstays.Suspect(silo, named.Lease, _now);
                }
            }
        }

        if (request.Awaited is { } awaited && silo.Leases > held.Count && !isLate)
        {
            _leases.EndUndelivered(silo, _epoch, request.Number, awaited, _now);
        }

        _overstays.LeasesNamed(silo, _now);
        silo.IsSynced = true;
        _recovery.Settle(silo.Name);
    }

    /// <summary>Renews a lease that is known as this silo's.</summary>
    private bool Confirm(Silo silo, HeldLease named, long exchange, DateTimeOffset now)
    {
        if (_leases.Find(named.Lease.Job.Id) is not { IsExpiring: false } lease || !ReferenceEquals(lease.Silo, silo))
        {
            return false;
        }

        if (lease.IsRecovered && named.Lease.Id.Epoch < _epoch && !(named.LeaseToken < lease.Token))
        {
            (lease.Lease, lease.IsRecovered) = (named.Lease, false);
        }

        if (lease.Lease.Id != named.Lease.Id)
        {
            return false;
        }

        NoteStart(lease, named);
        lease.NamedIn = exchange;
        _leases.Renew(lease, now + _options.LeaseTimeout);
        if (lease.Stop is { } stop && !silo.Stops.Contains(stop with { Lease = lease.Lease.Id }))
        {
            Stop(lease, stop.LeaseToken);
        }

        return true;
    }

    private void NoteStart(LiveLease lease, HeldLease named)
    {
        if (named.LeaseToken is { } token)
        {
            lease.Token = token;
            _totals.CountStart(lease);
        }
    }

    /// <summary>
    /// Takes over a lease of an earlier life, which the store could not tell of because its attempt had not started. Only what a silo says
    /// first in this life is believed: a lease that it names later and that is not known has ended here.
    /// </summary>
    private bool Adopt(Silo silo, HeldLease named, IReadOnlyList<LeaseCompletion> completions, DateTimeOffset now)
    {
        if (named.Lease.Id.Epoch >= _epoch)
        {
            // A later life gave it: this one is over, and its word does not count.
            return named.Lease.Id.Epoch > _epoch;
        }

        if (silo.IsSynced || _leases.Contains(named.Lease.Job.Id) || completions.Any(ended => ended.LeaseId == named.Lease.Id))
        {
            return false;
        }

        _waiting.Remove(named.Lease.Job.Id);
        var lease = new LiveLease(named.Lease, silo, _waiting.Backlog.Occupy(named.Lease.Job.Tenant, _now))
        {
            Token = named.LeaseToken,
            IsCounted = named.LeaseToken is not null,
        };
        _leases.Add(lease, now + _options.LeaseTimeout);
        if (_stopsAhead.Remove(named.Lease.Job.Id, out var token))
        {
            Stop(lease, token);
        }

        return true;
    }
}
