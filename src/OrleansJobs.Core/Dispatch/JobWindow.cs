namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// The front of an ordered set of waiting jobs whose rest is in the store only. While nothing is spilled, all jobs are here. Once it is
/// spilled, every stored job up to the bound is here, and those beyond it come in pages.
/// </summary>
internal sealed class JobWindow(IComparer<WaitingJob> order, WaitingIndex index, TenantQueue? tenant)
{
    private readonly SortedSet<WaitingJob> _jobs = new(order);

    /// <summary>Jobs beyond the bound that came while a page was being read, which may have missed them.</summary>
    private SortedSet<WaitingJob>? _arrivals;

    /// <summary>The first job that was put out while a page was being read: the page may not claim to cover it.</summary>
    private WaitingJob? _droppedFrom;

    private bool _restarted;

    /// <summary>The jobs that can be taken, in order.</summary>
    public IReadOnlyCollection<WaitingJob> Jobs => _jobs;

    /// <summary>Jobs that can be taken.</summary>
    public int Count => _jobs.Count;

    /// <summary>Jobs in memory.</summary>
    public int Total => _jobs.Count + (_arrivals?.Count ?? 0);

    /// <summary>Whether jobs may be in the store only.</summary>
    public bool IsSpilled { get; private set; }

    /// <summary>Whether a page is being read.</summary>
    public bool IsReading { get; private set; }

    /// <summary>The last job up to which every stored one is here; null if a spilled window has to be read from the start.</summary>
    public WaitingJob? Bound { get; private set; }

    /// <summary>The first job.</summary>
    public WaitingJob? First => _jobs.Min;

    /// <summary>Whether there is nothing here and nothing in the store.</summary>
    public bool IsIdle => !IsSpilled && _jobs.Count == 0;

    /// <summary>Whether the store has to be read because the window, which may hold so many jobs, runs low or was never filled.</summary>
    public bool WantsPage(int limit) => IsSpilled && !IsReading && (Bound is null || Total <= limit / 2);

    /// <summary>How many jobs to read.</summary>
    public int PageLimit(int limit, int pageSize) => Math.Max(1, Math.Min(pageSize, Bound is null ? limit : limit - Total));

    /// <summary>Takes a stored job in if its place is here; otherwise a page will bring it.</summary>
    public void Offer(WaitingJob job)
    {
        if (!IsSpilled || Covers(job))
        {
            Insert(job);
        }
        else if (IsReading)
        {
            (_arrivals ??= new(order)).Add(job);
            index.Add(job, tenant);
            if (_arrivals.Count > DispatcherOptions.MaxArrivals)
            {
                EvictLast();
            }
        }
    }

    /// <summary>Takes a job in.</summary>
    public void Insert(WaitingJob job)
    {
        _jobs.Add(job);
        index.Add(job, tenant);
    }

    /// <summary>Takes a job out because it does not wait here any more.</summary>
    public void Remove(WaitingJob job)
    {
        if (!_jobs.Remove(job))
        {
            _arrivals?.Remove(job);
        }

        index.Remove(job.Id);
    }

    /// <summary>Puts the last job out; it is in the store only from now on.</summary>
    public void EvictLast()
    {
        var last = _arrivals is { Count: > 0 } arrivals ? arrivals.Max! : _jobs.Max!;
        if (_arrivals?.Remove(last) != true)
        {
            _jobs.Remove(last);
            if (!IsSpilled || (Bound is { } bound && order.Compare(last, bound) <= 0))
            {
                Bound = _jobs.Max;
            }

            IsSpilled = true;
        }

        index.Remove(last.Id);
        if (IsReading && (_droppedFrom is null || order.Compare(last, _droppedFrom) < 0))
        {
            _droppedFrom = last;
        }
    }

    /// <summary>Forgets all jobs here and in the store. Not while a page is being read.</summary>
    public void Clear()
    {
        foreach (var job in _jobs)
        {
            index.Remove(job.Id);
        }

        _jobs.Clear();
        (IsSpilled, Bound) = (false, null);
    }

    /// <summary>Has the store read again from the start; the jobs here stay.</summary>
    public void Restart()
    {
        IsSpilled = true;
        Bound = null;
        _restarted = IsReading;
    }

    /// <summary>A page is being read from now on.</summary>
    public void BeginPage() => IsReading = true;

    /// <summary>Whether a job of the page may be taken in.</summary>
    public bool Admits(WaitingJob row) => _droppedFrom is null || order.Compare(row, _droppedFrom) < 0;

    /// <summary>The page is read, and its jobs that were admitted are in.</summary>
    /// <param name="lastRow">The page's last job; null if it had none.</param>
    /// <param name="lastAdmitted">The last one that was admitted.</param>
    /// <param name="exhausted">Whether the store had no more.</param>
    public void EndPage(WaitingJob? lastRow, WaitingJob? lastAdmitted, bool exhausted)
    {
        if (_restarted)
        {
            Bound = null;
        }
        else if (_droppedFrom is not null && (exhausted || order.Compare(_droppedFrom, lastRow) <= 0))
        {
            Bound = Later(Later(Bound, lastAdmitted), LastArrivalAdmitted());
        }
        else
        {
            IsSpilled = !exhausted;
            Bound = exhausted ? null : lastRow;
        }

        StopReading();
    }

    /// <summary>The page could not be read.</summary>
    public void FailPage() => StopReading();

    private void StopReading()
    {
        var arrivals = _arrivals;
        (IsReading, _restarted, _droppedFrom, _arrivals) = (false, false, null, null);
        foreach (var job in arrivals ?? [])
        {
            index.Remove(job.Id);
            Offer(job);
        }
    }

    private bool Covers(WaitingJob job) =>
        (Bound is { } bound && order.Compare(job, bound) <= 0) || (_jobs.Max is { } last && order.Compare(job, last) < 0);

    private WaitingJob? LastArrivalAdmitted()
    {
        WaitingJob? last = null;
        foreach (var job in _arrivals ?? [])
        {
            if (!Admits(job))
            {
                break;
            }

            last = job;
        }

        return last;
    }

    private WaitingJob? Later(WaitingJob? x, WaitingJob? y) =>
        x is null ? y : y is null ? x : order.Compare(x, y) >= 0 ? x : y;
}
