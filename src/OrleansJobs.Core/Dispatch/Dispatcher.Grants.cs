namespace OrleansJobs.Core.Dispatch;

/// <content>Who gets what.</content>
public sealed partial class Dispatcher
{
    /// <summary>
    /// Matches what waits with the free permits of the silos that listen, each job to the silo with the most of them, as far as every limit
    /// allows.
    /// </summary>
    /// <returns>Orders for the silos that have any; those listen no more.</returns>
    public IReadOnlyList<SiloOrders> Dispatch(DateTimeOffset now)
    {
        Advance(now);
        if (!_settings.Paused && !IsSuperseded && _silos.Listening.Count > 0 && !IsRecovering(now))
        {
            Grant(now);
        }

        _holds.Set(HoldOfClass(), _now);
        _insight.Stands(Load, _now);
        return TakeOrders() is { } orders ? orders : [];
    }

    private void Grant(DateTimeOffset now)
    {
        while (_classCap.Allows(InUse)
            && !_waiting.Backlog.IsEmpty
            && _silos.Freest(_options.MaxGrantsPerExchange) is { } silo
            && _waiting.Backlog.Next() is { } tenant
            && _rate.TryTake(now))
        {
            var job = _waiting.Backlog.Take(tenant, now);
            var lease = new JobLease(new LeaseId(_epoch, ++_leaseNumber), _jobClass, job, now) { WaitedFor = WhyWaited(job, tenant) };
            var live = new LiveLease(lease, silo, tenant) { Waited = Wall - job.DueAt, Exchange = silo.ListeningExchange };
            _leases.Add(live, now + _options.LeaseTimeout);
            _insight.Granted(live, now);
            silo.Grants.Add(lease);
        }
    }

    private List<SiloOrders>? TakeOrders()
    {
        List<SiloOrders>? orders = null;
        for (var i = _silos.Listening.Count - 1; i >= 0; i--)
        {
            var silo = _silos.Listening[i];
            if (silo.HasOrders)
            {
                (orders ??= []).Add(silo.TakeOrders());
                _silos.StopListening(silo);
            }
        }

        return orders;
    }
}
