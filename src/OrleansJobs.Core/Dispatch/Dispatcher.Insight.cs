using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Dispatch;

/// <content>What the class did, who got what of it, and where its bottleneck is.</content>
public sealed partial class Dispatcher
{
    private ClassLoad Load => new(_waiting.Index.Due, _leases.Count, _silos.ServingPermits);

    /// <summary>
    /// Jobs were submitted, or retried by hand after they had ended; and jobs ended other than by an ack. For the history only: where the
    /// jobs wait now, <see cref="Add"/> and <see cref="Withdraw"/> say, which may be repeated.
    /// </summary>
    public void Count(int arrived, int finished, DateTimeOffset now)
    {
        Advance(now);
        _insight.Arrived(arrived, _now);
        _insight.Finished(finished, _now);
    }

    /// <summary>The last 15 minutes, and the verdict.</summary>
    /// <param name="backlog">Due jobs of the class, in memory or in the store only.</param>
    /// <param name="now">The time.</param>
    public JobClassHistory GetHistory(long backlog, DateTimeOffset now)
    {
        Advance(now);
        var next = NextWaiting();
        var facts = new VerdictFacts
        {
            Settings = _settings,
            Load = Load,
            Backlog = backlog,
            OldestWait = OldestDueAt() is { } dueAt && dueAt < Wall ? Wall - dueAt : TimeSpan.Zero,
            Holds = next is null ? WaitReason.None : Explain(next, now).Reason,
        };
        return ByWallClock(_insight.Show(_jobClass, facts, _now));
    }

    /// <summary>The tenants with the most starts and waiting jobs, at most <see cref="InsightLimits.MaxTenantsShown"/>, the busiest first.</summary>
    public IReadOnlyList<TenantUse> GetTenants(DateTimeOffset now)
    {
        Advance(now);
        var busiest = new PriorityQueue<TenantUse, long>();
        foreach (var use in _waiting.Backlog.Tenants.Select(ToUse).Concat(IdleTenants()))
        {
            busiest.Enqueue(use, Business(use));
            if (busiest.Count > InsightLimits.MaxTenantsShown)
            {
                busiest.Dequeue();
            }
        }

        return [.. busiest.UnorderedItems.Select(item => item.Element).OrderByDescending(Business).ThenBy(use => use.Tenant, StringComparer.Ordinal)];
    }

    /// <summary>The kinds of failure since this life began, the most frequent first.</summary>
    public IReadOnlyList<ErrorGroup> GetErrors() => _insight.Errors;

    private JobClassHistory ByWallClock(JobClassHistory history) => _ahead == TimeSpan.Zero
        ? history
        : history with { Points = [.. history.Points.Select(point => point with { At = point.At + _ahead })] };

    private static long Business(TenantUse use) => use.Started + use.Waiting + use.Running;

    private IEnumerable<TenantUse> IdleTenants() => _insight.Starts.Tenants
        .Where(starts => _waiting.Backlog.Find(starts.Tenant) is null && starts.CountAt(_now) > 0)
        .Select(starts => new TenantUse { Tenant = starts.Tenant, Weight = _settings.WeightOf(starts.Tenant), Started = starts.CountAt(_now) });

    private TenantUse ToUse(TenantQueue tenant) => new()
    {
        Tenant = tenant.Name,
        Weight = tenant.Weight,
        Waiting = tenant.Window.Total,
        Spilled = tenant.Window.IsSpilled,
        Running = tenant.Running,
        Started = _insight.Starts.Of(tenant.Name, _now),
    };

    /// <summary>The first job of a tenant that may be granted one, as far as its own limit goes; of any tenant if there is none.</summary>
    private WaitingJob? NextWaiting()
    {
        WaitingJob? next = null;
        foreach (var tenant in _waiting.Backlog.Tenants)
        {
            if (tenant.TakesPart)
            {
                return tenant.Window.First;
            }

            next ??= tenant.Window.First;
        }

        return next;
    }

    private DateTimeOffset? OldestDueAt()
    {
        DateTimeOffset? oldest = null;
        foreach (var tenant in _waiting.Backlog.Tenants)
        {
            oldest = Earlier(oldest, tenant.Window.First?.DueAt ?? DateTimeOffset.MaxValue);
        }

        return oldest;
    }
}
