using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>The store and the authority over jobs, as simple as can be: what the dispatcher is checked against.</summary>
internal sealed class ModelStore
{
    private readonly Dictionary<JobId, ModelJob> _jobs = [];

    public IReadOnlyCollection<ModelJob> Jobs => _jobs.Values;

    public ModelJob this[JobId id] => _jobs[id];

    public void Insert(WaitingJob job) => _jobs.Add(job.Id, new ModelJob(job));

    public IReadOnlyList<WaitingJob> Read(PageRequest request) => request switch
    {
        TenantPage page =>
        [
            .. Waiting().Where(job => job.Tenant == page.Tenant && job.DueAt <= page.DueBy)
                .OrderByDescending(job => job.Priority).ThenBy(job => job.DueAt).ThenBy(job => job.Id)
                .Where(job => page.After is null || DispatchOrder.Instance.Compare(job, page.After) > 0).Take(page.Limit),
        ],
        DuePage page =>
        [
            .. Waiting().OrderBy(job => job.DueAt).ThenBy(job => job.Id)
                .Where(job => job.DueAt > page.AfterDue || (job.DueAt == page.AfterDue && page.AfterId is { } id && job.Id > id))
                .Take(page.Limit),
        ],
        _ => throw new InvalidOperationException("An unknown page."),
    };

    public IReadOnlyList<string> ReadTenants(TenantsPage page) =>
    [
        .. Waiting().Select(job => job.Tenant).Distinct().Order(StringComparer.Ordinal)
            .Where(tenant => page.After is null || string.CompareOrdinal(tenant, page.After) > 0).Take(page.Limit),
    ];

    /// <summary>Whether the attempt may start.</summary>
    public bool Start(JobId id, string silo, DateTimeOffset now)
    {
        var job = _jobs[id];
        if (!job.Waiting.State.IsWaiting() || job.Waiting.DueAt > now)
        {
            return false;
        }

        job.Move(JobState.Running, job.Waiting.DueAt);
        (job.Silo, job.Token) = (silo, job.Token + 1);
        return true;
    }

    /// <summary>Whether the ack counts.</summary>
    public bool Ack(JobId id, long token, JobState state, DateTimeOffset dueAt)
    {
        var job = _jobs[id];
        if (job.Waiting.State != JobState.Running || job.Token != token)
        {
            return false;
        }

        job.Move(state, dueAt);
        return true;
    }

    /// <summary>Expires the lease of a silo; the job if it waits now.</summary>
    public WaitingJob? Expire(ExpiringLease lease, DateTimeOffset now)
    {
        var job = _jobs[lease.Lease.Job.Id];
        if (job.Waiting.State == JobState.Running && job.Silo == lease.Silo && (lease.LeaseToken ?? job.Token) == job.Token)
        {
            job.Token++;
            job.Move(JobState.Retrying, now.AddSeconds(1));
        }

        return job.Waiting.State.IsWaiting() ? job.Waiting : null;
    }

    private IEnumerable<WaitingJob> Waiting() => _jobs.Values.Select(job => job.Waiting).Where(job => job.State.IsWaiting());
}
