using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The due jobs of a class: a queue for each tenant, shared by weight and cost. Memory is bounded: when the window is full, each tenant
/// keeps the front of its queue, by weight, and the rest stays in the store. Tenants without jobs and leases are forgotten; when there are too many
/// with jobs, they are in memory in turns.
/// </summary>
internal sealed partial class Backlog
{
    private const int MaxHoldsOfTenant = 16;

    private readonly Dictionary<string, TenantQueue> _tenants = new(StringComparer.Ordinal);
    private readonly Rounds _rounds = new();
    private readonly Queue<TenantQueue> _wantPage = new();
    private readonly WaitingIndex _index;
    private readonly DispatcherOptions _options;
    private readonly TenantRing _ring;
    private JobClassSettings _settings;
    private ConcurrencyLimit _tenantCap;
    private long _workingWeight;

    public Backlog(WaitingIndex index, DispatcherOptions options, JobClassSettings settings)
    {
        _index = index;
        _options = options;
        _ring = new TenantRing(options);
        _settings = settings;
        _tenantCap = new ConcurrencyLimit(settings.MaxConcurrentJobsPerTenant);
    }

    /// <summary>Tenants in memory that have due jobs, here or in the store only.</summary>
    public int WorkingTenants { get; private set; }

    /// <summary>Whether there may be more tenants that have due jobs.</summary>
    public bool HasMoreTenants => _ring.Overflows;

    /// <summary>Every tenant in memory that has jobs or leases.</summary>
    public IReadOnlyCollection<TenantQueue> Tenants => _tenants.Values;

    /// <summary>Whether no tenant has a job that may be granted.</summary>
    public bool IsEmpty => _rounds.IsEmpty;

    public TenantQueue? Find(string tenant) => _tenants.GetValueOrDefault(tenant);

    public void Apply(JobClassSettings settings, DateTimeOffset now)
    {
        _settings = settings;
        _tenantCap = new ConcurrencyLimit(settings.MaxConcurrentJobsPerTenant);
        foreach (var tenant in _tenants.Values)
        {
            var weight = settings.WeightOf(tenant.Name);
            _workingWeight += tenant.HasWork ? weight - tenant.Weight : 0;
            tenant.Weight = weight;
            NoteCap(tenant, now);
            Refresh(tenant);
        }
    }

    /// <summary>Takes in a stored job that is due and not known, or leaves it to the store.</summary>
    public void Offer(WaitingJob job)
    {
        if (Find(job.Tenant) is not { HasWork: true } && !_ring.Admits(WorkingTenants))
        {
            _ring.LeaveOut(job.Tenant);
            return;
        }

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
    public TenantQueue? Next()
    {
        while (_rounds.Next() is { } tenant)
        {
            if (!HasToGo(tenant))
            {
                return tenant;
            }

            tenant.Window.Clear();
            _ring.Gone();
            Refresh(tenant);
        }

        return null;
    }

    /// <summary>Takes the first job of the tenant whose turn it is, and a slot for it.</summary>
    public WaitingJob Take(TenantQueue tenant, DateTimeOffset now)
    {
        var job = tenant.Window.First!;
        tenant.Window.Remove(job);
        tenant.Deficit -= job.Cost;
        tenant.Running++;
        NoteCap(tenant, now);
        Refresh(tenant);
        return job;
    }

    /// <summary>Counts a lease that was not granted from here.</summary>
    public TenantQueue Occupy(string name, DateTimeOffset now)
    {
        var tenant = Get(name);
        tenant.Running++;
        NoteCap(tenant, now);
        Refresh(tenant);
        return tenant;
    }

    /// <summary>A lease of the tenant has ended.</summary>
    public void Vacate(TenantQueue tenant, DateTimeOffset now)
    {
        tenant.Running--;
        NoteCap(tenant, now);
        Refresh(tenant);
    }

    /// <summary>The tenant may have due jobs in the store that are not known.</summary>
    public void Spill(string name)
    {
        if (Find(name) is not { HasWork: true } && !_ring.HasRoom(WorkingTenants))
        {
            _ring.LeaveOut(name);
            return;
        }

        var tenant = Get(name);
        tenant.Window.Restart();
        Refresh(tenant);
    }

    /// <summary>The names of tenants that are wanted.</summary>
    public TenantsPage? NextTenants() => _ring.NextPage(WorkingTenants);

    /// <summary>Takes in tenants that have jobs in the store.</summary>
    public void AcceptTenants(TenantsPage page, IReadOnlyList<string> names)
    {
        var taken = 0;
        while (taken < names.Count && (_ring.HasRoom(WorkingTenants) || Find(names[taken]) is { HasWork: true }))
        {
            if (Find(names[taken]) is not { HasWork: true })
            {
                Spill(names[taken]);
            }

            taken++;
        }

        var exhausted = taken == names.Count && names.Count < page.Limit;
        foreach (var name in _ring.EndPage(taken > 0 ? names[taken - 1] : null, exhausted, WorkingTenants))
        {
            Spill(name);
        }
    }

    /// <summary>The names could not be read.</summary>
    public void TenantsFailed() => _ring.FailPage();

    /// <summary>Brings everything up to date after jobs have come in.</summary>
    public void Settle(TenantQueue tenant)
    {
        Refresh(tenant);
        if (_index.Due > _options.MaxWindow)
        {
            Fit(tenant);
        }
    }

    private bool HasToGo(TenantQueue tenant) =>
        _ring.IsCrowded(WorkingTenants) && tenant.RoundsStayed > _rounds.Stay && !tenant.Window.IsReading;

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
        if (hasWork != tenant.HasWork)
        {
            WorkingTenants += hasWork ? 1 : -1;
            _workingWeight += hasWork ? tenant.Weight : -tenant.Weight;
            tenant.HasWork = hasWork;
            tenant.RoundsStayed = 0;
        }

        Want(tenant);
        if (!hasWork && tenant.Running == 0)
        {
            _tenants.Remove(tenant.Name);
        }
    }

    private void NoteCap(TenantQueue tenant, DateTimeOffset now)
    {
        var hold = _tenantCap.Allows(tenant.Running) ? WaitReason.None : WaitReason.TenantCap;
        if (hold != WaitReason.None)
        {
            tenant.Holds ??= new HoldLog(MaxHoldsOfTenant);
        }

        tenant.Holds?.Set(hold, now);
    }
}
