using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The due jobs of a class: a queue for each tenant, shared by weight and cost. Memory is bounded: when the window is full, each tenant
/// keeps the front of its queue and the rest stays in the store. Tenants without jobs and leases are forgotten.
/// </summary>
internal sealed class Backlog
{
    private readonly Dictionary<string, TenantQueue> _tenants = new(StringComparer.Ordinal);
    private readonly Rounds _rounds = new();
    private readonly Queue<TenantQueue> _wantPage = new();
    private readonly WaitingIndex _index;
    private readonly DispatcherOptions _options;
    private JobClassSettings _settings;
    private ConcurrencyLimit _tenantCap;

    public Backlog(WaitingIndex index, DispatcherOptions options, JobClassSettings settings)
    {
        _index = index;
        _options = options;
        _settings = settings;
        _tenantCap = new ConcurrencyLimit(settings.MaxConcurrentJobsPerTenant);
    }

    /// <summary>Tenants that have due jobs, in memory or in the store only.</summary>
    public int WorkingTenants { get; private set; }

    /// <summary>Every tenant that has jobs or leases.</summary>
    public IReadOnlyCollection<TenantQueue> Tenants => _tenants.Values;

    /// <summary>Whether no tenant has a job that may be granted.</summary>
    public bool IsEmpty => _rounds.IsEmpty;

    /// <summary>Due jobs that one tenant may have in memory when the window is full.</summary>
    public int TenantWindow => Math.Max(1, _options.MaxWindow / Math.Max(1, WorkingTenants));

    public TenantQueue? Find(string tenant) => _tenants.GetValueOrDefault(tenant);

    public void Apply(JobClassSettings settings)
    {
        _settings = settings;
        _tenantCap = new ConcurrencyLimit(settings.MaxConcurrentJobsPerTenant);
        foreach (var tenant in _tenants.Values)
        {
            tenant.Weight = settings.WeightOf(tenant.Name);
            Refresh(tenant);
        }
    }

    /// <summary>Takes in a stored job that is due and not known.</summary>
    public void Offer(WaitingJob job)
    {
        var tenant = Get(job.Tenant);
        tenant.Window.Offer(job);
        Settle(tenant);
    }

    /// <summary>Takes out a job that does not wait any more.</summary>
    public void Remove(WaitingJob job, TenantQueue tenant)
    {
        tenant.Window.Remove(job);
        Refresh(tenant);
    }

    /// <summary>The tenant whose first job comes next.</summary>
    public TenantQueue? Next() => _rounds.Next();

    /// <summary>Takes the first job of the tenant whose turn it is, and a slot for it.</summary>
    public WaitingJob Take(TenantQueue tenant)
    {
        var job = tenant.Window.First!;
        tenant.Window.Remove(job);
        tenant.Deficit -= job.Cost;
        tenant.Running++;
        Refresh(tenant);
        return job;
    }

    /// <summary>Counts a lease that was not granted from here.</summary>
    public TenantQueue Occupy(string name)
    {
        var tenant = Get(name);
        tenant.Running++;
        Refresh(tenant);
        return tenant;
    }

    /// <summary>A lease of the tenant has ended.</summary>
    public void Vacate(TenantQueue tenant)
    {
        tenant.Running--;
        Refresh(tenant);
    }

    /// <summary>The tenant may have due jobs in the store that are not known.</summary>
    public void Spill(string name)
    {
        var tenant = Get(name);
        tenant.Window.Restart();
        Refresh(tenant);
    }

    /// <summary>The next page that a tenant wants, as far as there is room for it.</summary>
    public TenantPage? NextPage(DateTimeOffset dueBy)
    {
        while (_wantPage.TryPeek(out var tenant))
        {
            if (tenant.Window.WantsPage(TenantWindow))
            {
                return MakeRoom() ? BeginPage(tenant, dueBy) : null;
            }

            _wantPage.Dequeue().WantsPage = false;
        }

        return null;
    }

    /// <summary>Brings everything up to date after jobs have come in.</summary>
    public void Settle(TenantQueue tenant)
    {
        Refresh(tenant);
        if (_index.Due > _options.MaxWindow)
        {
            Fit(tenant);
        }
    }

    private TenantPage BeginPage(TenantQueue tenant, DateTimeOffset dueBy)
    {
        _wantPage.Dequeue().WantsPage = false;
        var limit = tenant.Window.PageLimit(TenantWindow, _options.PageSize);
        tenant.Window.BeginPage();
        return new TenantPage(tenant.Name, tenant.Window.Bound, dueBy, limit);
    }

    private bool MakeRoom()
    {
        if (_index.Due >= _options.MaxWindow)
        {
            Trim();
        }

        return _index.Due < _options.MaxWindow;
    }

    private void Fit(TenantQueue tenant)
    {
        while (_index.Due > _options.MaxWindow && tenant.Window.Total > TenantWindow)
        {
            tenant.Window.EvictLast();
        }

        if (_index.Due > _options.MaxWindow)
        {
            Trim();
        }

        while (_index.Due > _options.MaxWindow && tenant.Window.Total > 0)
        {
            tenant.Window.EvictLast();
        }

        Refresh(tenant);
    }

    /// <summary>Takes every tenant back to its part of the window.</summary>
    private void Trim()
    {
        var limit = TenantWindow;
        foreach (var tenant in _tenants.Values)
        {
            while (tenant.Window.Total > limit)
            {
                tenant.Window.EvictLast();
            }

            Want(tenant);
        }
    }

    private TenantQueue Get(string name)
    {
        if (!_tenants.TryGetValue(name, out var tenant))
        {
            tenant = new TenantQueue(name, _settings.WeightOf(name), _index);
            _tenants.Add(name, tenant);
        }

        return tenant;
    }

    /// <summary>Brings what depends on the tenant's jobs and leases up to date.</summary>
    private void Refresh(TenantQueue tenant)
    {
        var takesPart = tenant.Window.Count > 0 && _tenantCap.Allows(tenant.Running);
        if (takesPart && !tenant.TakesPart)
        {
            _rounds.Enter(tenant);
        }
        else if (!takesPart && tenant.TakesPart)
        {
            _rounds.Leave(tenant);
        }

        var hasWork = !tenant.Window.IsIdle;
        WorkingTenants += (hasWork ? 1 : 0) - (tenant.HasWork ? 1 : 0);
        tenant.HasWork = hasWork;
        Want(tenant);
        if (!hasWork && tenant.Running == 0)
        {
            _tenants.Remove(tenant.Name);
        }
    }

    private void Want(TenantQueue tenant)
    {
        if (!tenant.WantsPage && tenant.Window.WantsPage(TenantWindow))
        {
            tenant.WantsPage = true;
            _wantPage.Enqueue(tenant);
        }
    }
}
