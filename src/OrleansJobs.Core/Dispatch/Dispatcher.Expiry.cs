namespace OrleansJobs.Core.Dispatch;

/// <content>Leases that end without a word of their silo.</content>
public sealed partial class Dispatcher
{
    /// <summary>Membership says that the silo is dead. It gets nothing any more, even if it speaks again. Repeatable.</summary>
    /// <returns>Its leases, to be expired; those that were handed out before are not named again.</returns>
    public IReadOnlyList<ExpiringLease> SiloLost(string silo, DateTimeOffset now)
    {
        Advance(now);
        if (IsSuperseded || _silos.IsLost(silo))
        {
            return [];
        }

        _recovery.Settle(silo);
        var expiring = new List<ExpiringLease>();
        var lost = _silos.Lose(silo);
        if (lost is not null)
        {
            _leases.TakeOf(lost, expiring);
            _overstays.Forget(lost, _now);
        }

        // A silo of an earlier life that never said what it held may have started jobs which the store still showed as waiting.
        ReconcileWanted |= _firstSilos.Contains(silo) && lost is not { IsSynced: true };
        return expiring;
    }

    /// <summary>The authority has answered to the expiry of a lease: its slot is free.</summary>
    /// <param name="job">The job.</param>
    /// <param name="lease">The lease, as <see cref="Tick"/> or <see cref="SiloLost"/> named it.</param>
    /// <param name="again">The job if it waits again; null if it has ended, or somebody else runs it.</param>
    /// <param name="now">The time.</param>
    public void LeaseExpired(JobId job, LeaseId lease, WaitingJob? again, DateTimeOffset now)
    {
        Advance(now);
        if (_leases.Find(job) is { } live && live.Lease.Id == lease)
        {
            // A lease that was not started as far as is known, of a job that does not wait: somebody else may run it.
            ReconcileWanted |= again is null && live.Token is null;
            _insight.Expired(live, _now);
            End(live, again);
            if (MayRunOn(live))
            {
                _overstays.Suspect(live.Silo, live.Lease, _now);
            }
        }
        else if (again is not null)
        {
            Add(again, now);
        }
    }

    /// <summary>
    /// Whether the silo of a lease that ran out may still run its handler: it is not lost, and has not said what it holds since it could have
    /// renewed the lease. Until it speaks, the slot is taken.
    /// </summary>
    private bool MayRunOn(LiveLease lease) =>
        ReferenceEquals(_silos.Find(lease.Silo.Name), lease.Silo) && lease.Silo.ReportedAt <= lease.Deadline - _options.LeaseTimeout;
}
