using System.Diagnostics.CodeAnalysis;

namespace OrleansJobs.Core.Dispatch;

/// <summary>Every waiting job in memory, and where it is; keeps the counts.</summary>
internal sealed class WaitingIndex
{
    private readonly Dictionary<JobId, WaitingEntry> _jobs = [];

    /// <summary>Due jobs in memory.</summary>
    public int Due { get; private set; }

    /// <summary>Jobs in memory that are not due.</summary>
    public int NotDue => _jobs.Count - Due;

    /// <summary>Due jobs in memory that are stored as scheduled.</summary>
    public int DueScheduled { get; private set; }

    /// <summary>Due jobs in memory that are stored as retrying.</summary>
    public int DueRetrying { get; private set; }

    public bool Contains(JobId id) => _jobs.ContainsKey(id);

    public bool TryGet(JobId id, [NotNullWhen(true)] out WaitingJob? job, out TenantQueue? tenant)
    {
        var known = _jobs.TryGetValue(id, out var entry);
        (job, tenant) = (entry.Job, entry.Tenant);
        return known;
    }

    /// <param name="job">A job that is not in the index.</param>
    /// <param name="tenant">The queue it is in; null if it is not due.</param>
    public void Add(WaitingJob job, TenantQueue? tenant)
    {
        _jobs.Add(job.Id, new WaitingEntry(job, tenant));
        Count(job, tenant, 1);
    }

    public void Remove(JobId id)
    {
        if (_jobs.Remove(id, out var entry))
        {
            Count(entry.Job, entry.Tenant, -1);
        }
    }

    private void Count(WaitingJob job, TenantQueue? tenant, int by)
    {
        if (tenant is null)
        {
            return;
        }

        Due += by;
        DueScheduled += job.State == JobState.Scheduled ? by : 0;
        DueRetrying += job.State == JobState.Retrying ? by : 0;
    }

    private readonly record struct WaitingEntry(WaitingJob Job, TenantQueue? Tenant);
}
