namespace OrleansJobs.Core.Dispatch;

/// <content>What is shown.</content>
public sealed partial class Dispatcher
{
    /// <summary>The dispatcher as it stands.</summary>
    public DispatcherStatus GetStatus() => new()
    {
        JobClass = _jobClass,
        Epoch = _epoch,
        Since = _since + _ahead,
        Settings = _settings,
        Pools = [.. _silos.All.Where(silo => silo.IsConnected).OrderBy(silo => silo.Name, StringComparer.Ordinal).Select(ToPool)],
        Running = _leases.Count,
        Overstaying = _overstays.Count,
        Waiting = _waiting.Index.Due,
        NotDue = _waiting.Index.NotDue,
        DueScheduled = _waiting.Index.DueScheduled,
        DueRetrying = _waiting.Index.DueRetrying,
        WaitingTenants = _waiting.Backlog.WorkingTenants,
        MoreTenants = _waiting.Backlog.HasMoreTenants,
        Started = _totals.Started,
        Finished = _totals.Finished,
        Failed = _totals.Failed,
    };

    /// <summary>Why a waiting job does not run at this moment.</summary>
    public JobWait Explain(WaitingJob job, DateTimeOffset now)
    {
        Advance(now);
        var facts = new WaitFacts
        {
            Settings = _settings,
            Now = Wall,
            LeasedTo = _leases.Find(job.Id)?.Silo.Name,
            Recovery = IsRecovering(now) ? _recovery : null,
            Running = InUse,
            Overstaying = _overstays.Count,
            Tenant = _waiting.Backlog.Find(job.Tenant),
            WaitingDue = _waiting.Index.Due,
            WaitingTenants = _waiting.Backlog.WorkingTenants,
            NextTokenAt = (_rate.AvailableAt(_now) ?? _now) + _ahead,
            Silos = _silos.All,
        };
        return Explanation.Of(job, facts);
    }

    private PoolStatus ToPool(Silo silo) => new(silo.Name, silo.Permits, silo.Leases, silo.Draining, silo.SeenAt + _ahead)
    {
        Overstaying = silo.Overstays.Count,
    };
}
