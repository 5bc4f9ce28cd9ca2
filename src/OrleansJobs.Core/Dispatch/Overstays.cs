namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The handlers that run on although their leases have ended. In the caps of the class and of tenants they count as leases do, until their
/// silo says that they have returned, or is lost.
/// </summary>
internal sealed class Overstays(Backlog backlog, LeaseTable leases)
{
    /// <summary>How many count.</summary>
    public int Count { get; private set; }

    /// <summary>A silo has said which it has; those that it does not name have returned.</summary>
    public void Told(Silo silo, IReadOnlyList<OverstayingHandler> handlers, DateTimeOffset now)
    {
        if (handlers.Count == 0 && silo.Overstays.Count == 0)
        {
            return;
        }

        var before = silo.Overstays.Values.ToList();
        silo.Overstays.Clear();
        foreach (var handler in handlers)
        {
            Add(silo, new Overstay(handler, now - handler.Age, IsTold: true), now);
        }

        before.ForEach(overstay => Release(overstay, now));
    }

    /// <summary>The silo may run a handler under a lease that has ended, and has not said so yet.</summary>
    public void Suspect(Silo silo, JobLease lease, DateTimeOffset now)
    {
        if (!silo.Overstays.ContainsKey(lease.Id))
        {
            Add(silo, new Overstay(new OverstayingHandler(lease.Job.Id, lease.Id, lease.Job.Tenant, TimeSpan.Zero), now, IsTold: false), now);
        }
    }

    /// <summary>A lease is about to give its slot back: a handler of its job that overstays on its silo holds that slot from now on.</summary>
    public void LeaseEnds(LiveLease lease, DateTimeOffset now)
    {
        foreach (var overstay in lease.Silo.Overstays.Values)
        {
            if (overstay.Tenant is null && overstay.Handler.JobId == lease.Lease.Job.Id)
            {
                Occupy(overstay, now);
            }
        }
    }

    /// <summary>
    /// The silo has named its leases: one that was read from the store may have turned out to be that of a later attempt of the same job, beside which the
    /// handler of an earlier one overstays.
    /// </summary>
    public void LeasesNamed(Silo silo, DateTimeOffset now)
    {
        foreach (var overstay in silo.Overstays.Values)
        {
            if (overstay.Tenant is null && !HoldsSlotOf(overstay, silo))
            {
                Occupy(overstay, now);
            }
        }
    }

    /// <summary>The silo is lost, or has been silent for so long that it is forgotten.</summary>
    public void Forget(Silo silo, DateTimeOffset now)
    {
        foreach (var overstay in silo.Overstays.Values)
        {
            Release(overstay, now);
        }

        silo.Overstays.Clear();
    }

    /// <summary>The one that has overstayed the longest, of a tenant or of all.</summary>
    public static Overstay? Oldest(IEnumerable<Silo> silos, string? tenant = null)
    {
        Overstay? oldest = null;
        foreach (var overstay in silos.SelectMany(silo => silo.Overstays.Values))
        {
            var counts = tenant is null || string.Equals(overstay.Handler.Tenant, tenant, StringComparison.Ordinal);
            oldest = counts && !(oldest?.Since <= overstay.Since) ? overstay : oldest;
        }

        return oldest;
    }

    private void Add(Silo silo, Overstay overstay, DateTimeOffset now)
    {
        silo.Overstays[overstay.Handler.LeaseId] = overstay;
        if (!HoldsSlotOf(overstay, silo))
        {
            Occupy(overstay, now);
        }
    }

    /// <summary>Whether a lease that is still known is the handler's own; of one that was read from the store the identity is not known.</summary>
    private bool HoldsSlotOf(Overstay overstay, Silo silo) =>
        leases.Find(overstay.Handler.JobId) is { } lease
        && ReferenceEquals(lease.Silo, silo)
        && (lease.Lease.Id == overstay.Handler.LeaseId || lease.IsRecovered);

    private void Occupy(Overstay overstay, DateTimeOffset now)
    {
        overstay.Tenant = backlog.Occupy(overstay.Handler.Tenant, now);
        Count++;
    }

    private void Release(Overstay overstay, DateTimeOffset now)
    {
        if (overstay.Tenant is { } tenant)
        {
            backlog.Vacate(tenant, now);
            Count--;
        }
    }
}
