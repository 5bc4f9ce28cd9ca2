namespace OrleansJobs.Core.Dispatch;

/// <summary>All waiting jobs of a class: those that are due in the backlog, the others in the due window; each is in one place.</summary>
internal sealed class WaitingJobs
{
    private readonly PageRequests _pages;
    private readonly KeptDueTimes _kept = new();

    public WaitingJobs(DispatcherOptions options, JobClassSettings settings, DateTimeOffset now)
    {
        Backlog = new Backlog(Index, options, settings);
        Due = new DueWindow(Index, options, now);
        _pages = new PageRequests(options);
    }

    public WaitingIndex Index { get; } = new();

    public Backlog Backlog { get; }

    public DueWindow Due { get; }

    /// <summary>Before this time no page is asked for.</summary>
    public DateTimeOffset PagesNotBefore => _pages.NotBefore;

    /// <summary>When the next known job is due, by the steady time that the wall clock is ahead of.</summary>
    public DateTimeOffset? NextDueAt(TimeSpan ahead)
    {
        DateTimeOffset? byWall = Due.NextDueAt is { } dueAt ? WallTime.ToSteady(dueAt, ahead) : null;
        return _kept.NextAt is { } kept && !(byWall <= kept) ? kept : byWall;
    }

    /// <summary>The wall clock is about to be set back: the jobs here that are not due become due when they would have been.</summary>
    /// <param name="ahead">How far it was ahead of steady time.</param>
    public void KeepDueTimes(TimeSpan ahead) => _kept.Keep(Due.Window.Jobs, ahead);

    /// <summary>Takes in a stored job, or moves it if it is known as it was before.</summary>
    public void Put(WaitingJob job, DateTimeOffset now)
    {
        if (Index.TryGet(job.Id, out var known, out var tenant))
        {
            if (known == job)
            {
                return;
            }

            Remove(known, tenant);
        }

        Place(job, now);
    }

    /// <summary>Takes out a job that waits no more; false if it is not in memory.</summary>
    public bool Remove(JobId id)
    {
        if (!Index.TryGet(id, out var job, out var tenant))
        {
            return false;
        }

        Remove(job, tenant);
        return true;
    }

    /// <summary>Moves jobs whose time has come into the backlog.</summary>
    /// <param name="now">The steady time.</param>
    /// <param name="wall">What the wall clock shows.</param>
    public void PromoteDue(DateTimeOffset now, DateTimeOffset wall)
    {
        while (Due.TakeDue(wall) is { } job)
        {
            Backlog.Offer(job);
        }

        while (_kept.Take(now) is { } kept)
        {
            if (Index.TryGet(kept.Id, out var job, out var tenant) && tenant is null && job == kept)
            {
                Due.Window.Remove(job);
                Backlog.Offer(job);
            }
        }
    }

    /// <summary>The next page that is wanted; the due window's first, because nothing else knows what comes due.</summary>
    /// <param name="now">The steady time.</param>
    /// <param name="wall">What the wall clock shows.</param>
    public PageRequest? NextPage(DateTimeOffset now, DateTimeOffset wall)
    {
        if (!_pages.Allows(now))
        {
            return null;
        }

        var request = (PageRequest?)Due.NextPage() ?? (PageRequest?)Backlog.NextTenants() ?? Backlog.NextPage(wall);
        if (request is not null)
        {
            _pages.Add(request);
        }

        return request;
    }

    /// <summary>Takes in a page.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="rows">The jobs, in order.</param>
    /// <param name="leases">The jobs that are leased: what the page says of them is out of date.</param>
    /// <param name="now">What the wall clock shows.</param>
    public void AcceptPage(PageRequest request, IReadOnlyList<WaitingJob> rows, LeaseTable leases, DateTimeOffset now)
    {
        if (!_pages.Remove(request))
        {
            return;
        }

        var tenant = request is TenantPage { Tenant: var name } ? Backlog.Find(name) : null;
        var window = tenant?.Window ?? Due.Window;
        WaitingJob? lastAdmitted = null;
        foreach (var row in rows)
        {
            if (!window.Admits(row))
            {
                break;
            }

            lastAdmitted = row;
            if (IsNews(row) && !leases.Contains(row.Id))
            {
                Admit(row, tenant, now);
            }
        }

        window.EndPage(rows.Count > 0 ? rows[^1] : null, lastAdmitted, rows.Count < request.Limit);
        if (tenant is null)
        {
            Due.Fit();
        }
        else
        {
            Backlog.Settle(tenant);
        }
    }

    /// <summary>Takes in names of tenants.</summary>
    public void AcceptTenants(TenantsPage request, IReadOnlyList<string> names)
    {
        if (_pages.Remove(request))
        {
            Backlog.AcceptTenants(request, names);
        }
    }

    /// <summary>A page could not be read; it will be asked for again after a delay.</summary>
    public void PageFailed(PageRequest request, DateTimeOffset now)
    {
        if (!_pages.Remove(request))
        {
            return;
        }

        _pages.Failed(now);
        switch (request)
        {
            case TenantsPage:
                Backlog.TenantsFailed();
                break;
            case TenantPage page when Backlog.Find(page.Tenant) is { } tenant:
                tenant.Window.FailPage();
                Backlog.Settle(tenant);
                break;
            case DuePage:
                Due.Window.FailPage();
                break;
        }
    }

    /// <summary>
    /// Whether a row of a page says something new. Of a known job only an earlier time is believed: if the page is the one that is out of
    /// date, that costs a refused start, while the other way round a job would be late.
    /// </summary>
    private bool IsNews(WaitingJob row)
    {
        if (!Index.TryGet(row.Id, out var known, out var tenant))
        {
            return true;
        }

        if (row.DueAt >= known.DueAt)
        {
            return false;
        }

        Remove(known, tenant);
        return true;
    }

    private void Admit(WaitingJob row, TenantQueue? tenant, DateTimeOffset now)
    {
        if (tenant is not null)
        {
            tenant.Window.Insert(row);
        }
        else if (row.DueAt > now)
        {
            Due.Window.Insert(row);
        }
        else
        {
            Backlog.Offer(row);
        }
    }

    private void Place(WaitingJob job, DateTimeOffset now)
    {
        if (job.DueAt > now)
        {
            Due.Offer(job);
        }
        else
        {
            Backlog.Offer(job);
        }
    }

    private void Remove(WaitingJob job, TenantQueue? tenant)
    {
        if (tenant is null)
        {
            Due.Window.Remove(job);
        }
        else
        {
            Backlog.Remove(job, tenant);
        }
    }
}
