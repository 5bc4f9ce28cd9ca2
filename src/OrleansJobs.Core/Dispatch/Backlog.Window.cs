namespace OrleansJobs.Core.Dispatch;

/// <content>How much of each queue is in memory, and which pages are read for it.</content>
internal sealed partial class Backlog
{
    /// <summary>The next page that a tenant wants, as far as there is room for it.</summary>
    public TenantPage? NextPage(DateTimeOffset dueBy)
    {
        while (_wantPage.TryPeek(out var tenant))
        {
            if (tenant.Window.WantsPage(PartOf(tenant)))
            {
                return MakeRoom() ? BeginPage(tenant, dueBy) : null;
            }

            _wantPage.Dequeue().WantsPage = false;
        }

        return null;
    }

    /// <summary>Due jobs that the tenant may have in memory when the window is full.</summary>
    private int PartOf(TenantQueue tenant) =>
        (int)Math.Max(1, (long)_options.MaxWindow * tenant.Weight / Math.Max(tenant.Weight, _workingWeight));

    private TenantPage BeginPage(TenantQueue tenant, DateTimeOffset dueBy)
    {
        _wantPage.Dequeue().WantsPage = false;
        var limit = tenant.Window.PageLimit(PartOf(tenant), _options.PageSize);
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
        while (_index.Due > _options.MaxWindow && tenant.Window.Total > PartOf(tenant))
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
        foreach (var tenant in _tenants.Values)
        {
            var limit = PartOf(tenant);
            while (tenant.Window.Total > limit)
            {
                tenant.Window.EvictLast();
            }

            Want(tenant);
        }
    }

    private void Want(TenantQueue tenant)
    {
        if (!tenant.WantsPage && tenant.Window.WantsPage(PartOf(tenant)))
        {
            tenant.WantsPage = true;
            _wantPage.Enqueue(tenant);
        }
    }
}
