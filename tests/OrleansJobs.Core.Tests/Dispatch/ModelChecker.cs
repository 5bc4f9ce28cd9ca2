using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Tests.Limits;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>Knows which leases are live from what passes between dispatcher and silos, and checks every grant.</summary>
internal sealed class ModelChecker
{
    private readonly Dictionary<JobId, (LeaseId Id, string Silo, string Tenant)> _live = [];
    private readonly List<(LeaseId Lease, DateTimeOffset At)> _starts = [];

    /// <summary>Which leases are live when a new life begins: what the silos hold and what the store has as running.</summary>
    public void BeginLife(IEnumerable<ModelSilo> silos, ModelStore store)
    {
        _live.Clear();
        foreach (var job in store.Jobs.Where(job => job.Waiting.State == JobState.Running))
        {
            _live[job.Waiting.Id] = (default, job.Silo, job.Waiting.Tenant);
        }

        foreach (var silo in silos)
        {
            foreach (var slot in silo.Slots)
            {
                _live.TryAdd(slot.Lease.Job.Id, (slot.Lease.Id, silo.Name, slot.Lease.Job.Tenant));
            }
        }
    }

    public void NewRate() => _starts.Clear();

    public void Completed(string silo, LeaseCompletion completion)
    {
        if (!completion.Started)
        {
            _starts.RemoveAll(start => start.Lease == completion.LeaseId);
        }

        if (_live.TryGetValue(completion.JobId, out var lease)
            && (lease.Id == completion.LeaseId || (lease.Id == default && lease.Silo == silo)))
        {
            _live.Remove(completion.JobId);
        }
    }

    public void Expired(ExpiringLease expired)
    {
        if (_live.TryGetValue(expired.Lease.Job.Id, out var lease) && lease.Silo == expired.Silo)
        {
            _live.Remove(expired.Lease.Job.Id);
        }
    }

    /// <summary>What a dead silo held and the dispatcher never heard of is not live any more: its attempt had not started.</summary>
    public void Died(ModelSilo silo, IReadOnlyList<ExpiringLease> expiring)
    {
        foreach (var (job, lease) in _live)
        {
            if (lease.Silo == silo.Name && expiring.All(expired => expired.Lease.Job.Id != job))
            {
                _live.Remove(job);
            }
        }
    }

    /// <summary>A silo gave up a lease of an earlier life, of which the dispatcher had not heard.</summary>
    public void Dropped(JobLease lease)
    {
        if (_live.TryGetValue(lease.Job.Id, out var live) && live.Id == lease.Id)
        {
            _live.Remove(lease.Job.Id);
        }
    }

    public void Granted(ModelSilo silo, JobLease lease, JobClassSettings settings, DateTimeOffset now)
    {
        var job = lease.Job;
        Assert.False(_live.ContainsKey(job.Id), $"Job {job.Id} is leased twice.");
        Assert.True(job.DueAt <= now, $"Job {job.Id} is granted at {now:O}, before it is due at {job.DueAt:O}.");
        Assert.False(settings.Paused, "The class is paused.");
        Assert.False(silo.Draining, $"{silo.Name} drains.");
        _live.Add(job.Id, (lease.Id, silo.Name, job.Tenant));
        AssertLimit(silo.Permits, _live.Values.Count(live => live.Silo == silo.Name), "permits");
        AssertLimit(settings.MaxConcurrentJobs, _live.Count, "jobs in the cluster");
        AssertLimit(settings.MaxConcurrentJobsPerTenant, _live.Values.Count(live => live.Tenant == job.Tenant), "jobs of the tenant");
        _starts.Add((lease.Id, now));
        Assert.True(settings.Rate.IsUnlimited || RateCheck.Holds(settings.Rate, [.. _starts.Select(start => start.At)]), "The rate is exceeded.");
    }

    private static void AssertLimit(int limit, int count, string what) =>
        Assert.True(limit == 0 || count <= limit, $"{count} of {limit} {what}.");
}
