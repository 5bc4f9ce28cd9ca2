using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>The jobs of a class that wait and are due, by tenant, as the writes of the store show.</summary>
internal sealed class WaitWatch
{
    private readonly Dictionary<JobId, JobRecord> _waiting = [];
    private readonly Dictionary<JobId, DateTimeOffset> _since = [];
    private readonly HashSet<JobId> _granted = [];

    /// <summary>Jobs that a client made wait, and of which it has had no answer yet: the silo may have ended before it told the dispatcher.</summary>
    private readonly HashSet<JobId> _untold = [];
    private readonly Dictionary<string, DateTimeOffset> _backlogged = new(StringComparer.Ordinal);

    public void See(HistoryEvent happened)
    {
        if (happened is Stored { Row: var row } write)
        {
            _granted.Remove(row.Id);
            if (write.Cause is "submit" or nameof(RetryNow))
            {
                _untold.Add(row.Id);
            }

            if (row.State is JobState.Scheduled or JobState.Queued or JobState.Retrying)
            {
                _waiting[row.Id] = row;
                _since[row.Id] = row.DueAt > write.At ? row.DueAt : write.At;
            }
            else
            {
                _waiting.Remove(row.Id);
            }

            Update(row.Tenant, happened.At);
        }
        else if (happened is Granted grant)
        {
            _granted.Add(grant.Job);
            _untold.Remove(grant.Job);
            Update(grant.Tenant, happened.At);
        }
        else if (happened is SubmitAnswered or CommandAnswered)
        {
            _untold.Remove(happened.About!.Value);
            if (_waiting.TryGetValue(happened.About.Value, out var told))
            {
                Update(told.Tenant, happened.At);
            }
        }
    }

    /// <summary>Since when a tenant always had a due job that was not granted.</summary>
    public DateTimeOffset? BackloggedSince(string tenant) => _backlogged.TryGetValue(tenant, out var since) ? since : null;

    /// <summary>A job of the same tenant that waits since long and should have been granted first.</summary>
    public JobId? Overtaken(Granted grant, DateTimeOffset since)
    {
        foreach (var (id, row) in _waiting)
        {
            if (row.Tenant == grant.Tenant && row.Priority > grant.Priority && _since[id] <= since && IsKnownToWait(id))
            {
                return id;
            }
        }

        return null;
    }

    private bool IsKnownToWait(JobId id) => !_granted.Contains(id) && !_untold.Contains(id);

    private void Update(string tenant, DateTimeOffset now)
    {
        var has = false;
        foreach (var (id, row) in _waiting)
        {
            if (row.Tenant == tenant && _since[id] <= now && IsKnownToWait(id))
            {
                has = true;
                break;
            }
        }

        if (!has)
        {
            _backlogged.Remove(tenant);
        }
        else
        {
            _backlogged.TryAdd(tenant, now);
        }
    }
}
