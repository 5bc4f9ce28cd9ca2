namespace OrleansJobs.Core.Dispatch;

/// <content>How a life begins, and how it catches up with the store.</content>
public sealed partial class Dispatcher
{
    /// <summary>
    /// The store has the job as running. Called for each such job when a life begins; may be called again with what a later reading
    /// finds. A lease that is known stays as it is; a job that waits here waits no more, because somebody else has started it. A lease of a dead silo is expired by the next <see cref="Tick"/>; a silo that is not known
    /// may have joined a moment ago, and has a lease's time to say what it holds.
    /// </summary>
    /// <param name="id">The job.</param>
    /// <param name="silo">The silo that runs it.</param>
    /// <param name="siloIsDead">Whether membership calls that silo dead.</param>
    /// <param name="leaseToken">Its lease token.</param>
    /// <param name="job">The job as it waited.</param>
    /// <param name="startedAt">When the attempt started.</param>
    /// <param name="now">The time.</param>
    public void Recover(
        JobId id, string silo, bool siloIsDead, long leaseToken, WaitingJob job, DateTimeOffset startedAt, DateTimeOffset now)
    {
        Advance(now);
        if (_leases.Contains(id))
        {
            return;
        }

        _waiting.Remove(id);
        var isGone = siloIsDead || _silos.IsLost(silo);
        var lease = new JobLease(new LeaseId(_epoch, ++_leaseNumber), _jobClass, job, startedAt);
        var live = new LiveLease(lease, isGone ? new Silo(silo) : _silos.Get(silo), _waiting.Backlog.Occupy(job.Tenant, _now))
        {
            Token = leaseToken,
            IsRecovered = true,
            SiloIsDead = isGone,
            IsCounted = true,
        };

        if (isGone)
        {
            _leases.AddOverdue(live, now);
        }
        else
        {
            _leases.Add(live, now + _options.LeaseTimeout);
        }
    }

    /// <summary>Whether the job is leased.</summary>
    public bool IsLeased(JobId job) => _leases.Contains(job);

    /// <summary>Whether the job is leased, or waits in memory.</summary>
    public bool Knows(JobId job) => _leases.Contains(job) || _waiting.Index.Contains(job);

    /// <summary>
    /// Whether there are no more running jobs in the store than are leased, nor more open ones than are leased or wait in memory. Jobs that are left to the store do not count as
    /// known: whether all of them will be read cannot be told.
    /// </summary>
    public bool KnowsAll(JobCounts stored) => 
        stored.Running <= _leases.Count && stored.Open <= _leases.Count + WaitingInMemory;

    /// <summary>The store has waiting jobs of the tenant, which may not all be known: they are read from the start. Known ones stay.</summary>
    public void AddSpilledTenant(string tenant) => _waiting.Backlog.Spill(tenant);

    /// <summary>The store may have jobs that are due after this life began: they are read from the start.</summary>
    public void MarkDueSpilled() => _waiting.Due.Restart(_since + _ahead);

    /// <summary>
    /// Catches up with the store, in case that announcements were lost: has the jobs that are not due read again. The shell then calls
    /// <see cref="AddSpilledTenant"/> for every tenant that has waiting jobs in the store, <see cref="Recover"/> for running jobs, and
    /// <see cref="RequestStop"/> for those of them that are to be cancelled.
    /// </summary>
    public void Reconcile(DateTimeOffset now)
    {
        Advance(now);
        ReconcileWanted = false;
        _stopsAhead.Clear();
        _waiting.Due.Restart(Wall);
    }

    /// <summary>
    /// The next page that is wanted from the store; null if none is, or enough are being read. At most one of a tenant is outstanding.
    /// Each has to be answered by <see cref="AcceptPage"/> (names of tenants by <see cref="AcceptTenants"/>) or <see cref="PageFailed"/>.
    /// </summary>
    public PageRequest? NextPage() => _waiting.NextPage(_now, Wall);

    /// <summary>Takes in a page. What it says of jobs that have moved since it was read is corrected when they are started.</summary>
    /// <param name="request">The request, as <see cref="NextPage"/> gave it; any other is ignored.</param>
    /// <param name="jobs">The jobs in order; fewer than asked for mean that there are no more.</param>
    /// <param name="now">The time.</param>
    public void AcceptPage(PageRequest request, IReadOnlyList<WaitingJob> jobs, DateTimeOffset now)
    {
        Advance(now);
        _waiting.AcceptPage(request, jobs, _leases, Wall);
    }

    /// <summary>Takes in names of tenants.</summary>
    /// <param name="request">The request, as <see cref="NextPage"/> gave it; any other is ignored.</param>
    /// <param name="tenants">The names in order; fewer than asked for mean that there are no more.</param>
    /// <param name="now">The time.</param>
    public void AcceptTenants(TenantsPage request, IReadOnlyList<string> tenants, DateTimeOffset now)
    {
        Advance(now);
        _waiting.AcceptTenants(request, tenants);
    }

    /// <summary>The page could not be read. It is asked for again after <see cref="DispatcherOptions.PageRetryDelay"/>.</summary>
    public void PageFailed(PageRequest request, DateTimeOffset now)
    {
        Advance(now);
        _waiting.PageFailed(request, _now);
    }
}
