namespace OrleansJobs.Core.Dispatch;

/// <summary>The leases of a class: at most one for each job. Those that can run out are kept by deadline.</summary>
internal sealed class LeaseTable
{
    private readonly Dictionary<JobId, LiveLease> _leases = [];
    private readonly LinkedList<LiveLease> _byDeadline = new();

    /// <summary>All leases, those that expire included.</summary>
    public int Count => _leases.Count;

    /// <summary>When the next lease runs out.</summary>
    public DateTimeOffset? NextDeadline => _byDeadline.First?.Value.Deadline;

    public bool Contains(JobId job) => _leases.ContainsKey(job);

    public LiveLease? Find(JobId job) => _leases.GetValueOrDefault(job);

    public void Add(LiveLease lease, DateTimeOffset deadline)
    {
        _leases.Add(lease.Lease.Job.Id, lease);
        lease.Silo.Leases++;
        lease.Node = new LinkedListNode<LiveLease>(lease);
        Append(lease, deadline);
    }

    /// <summary>Adds a lease that has run out already.</summary>
    public void AddOverdue(LiveLease lease, DateTimeOffset now)
    {
        _leases.Add(lease.Lease.Job.Id, lease);
        lease.Silo.Leases++;
        lease.Deadline = now;
        lease.Node = _byDeadline.AddFirst(lease);
    }

    public void Renew(LiveLease lease, DateTimeOffset deadline)
    {
        if (lease.Node is { } node)
        {
            _byDeadline.Remove(node);
            Append(lease, deadline);
        }
    }

    public void Remove(LiveLease lease)
    {
        _leases.Remove(lease.Lease.Job.Id);
        lease.Silo.Leases--;
        Unlink(lease);
    }

    /// <summary>Makes those leases of a silo run out that it neither has named in this exchange nor may yet be brought by an answer that it waits for.</summary>
    public void EndUndelivered(Silo silo, long epoch, long exchange, IReadOnlyList<long> awaited, DateTimeOffset now)
    {
        foreach (var lease in _leases.Values)
        {
            if (ReferenceEquals(lease.Silo, silo) && lease.Node is { } node && lease.Lease.Id.Epoch == epoch
                && lease.NamedIn != exchange && lease.Exchange > 0 && lease.Exchange < exchange && !awaited.Contains(lease.Exchange))
            {
                lease.Deadline = now;
                _byDeadline.Remove(node);
                _byDeadline.AddFirst(node);
            }
        }
    }

    /// <summary>Takes the leases that have run out by now; each is handed out once.</summary>
    public void TakeOverdue(DateTimeOffset now, List<ExpiringLease> expiring)
    {
        while (_byDeadline.First is { Value: var lease } && lease.Deadline <= now)
        {
            expiring.Add(Expire(lease, lease.SiloIsDead));
        }
    }

    /// <summary>Takes the leases of a dead silo that were not handed out before.</summary>
    public void TakeOf(Silo silo, List<ExpiringLease> expiring)
    {
        foreach (var lease in _leases.Values)
        {
            if (ReferenceEquals(lease.Silo, silo) && !lease.IsExpiring)
            {
                expiring.Add(Expire(lease, siloIsDead: true));
            }
        }
    }

    private ExpiringLease Expire(LiveLease lease, bool siloIsDead)
    {
        lease.IsExpiring = true;
        Unlink(lease);
        return new ExpiringLease(lease.Lease, lease.Silo.Name, lease.Token, siloIsDead);
    }

    private void Append(LiveLease lease, DateTimeOffset deadline)
    {
        // A clock that was set back must not break the order of the list.
        lease.Deadline = _byDeadline.Last is { } last && last.Value.Deadline > deadline ? last.Value.Deadline : deadline;
        _byDeadline.AddLast(lease.Node!);
    }

    private void Unlink(LiveLease lease)
    {
        if (lease.Node is { } node)
        {
            _byDeadline.Remove(node);
            lease.Node = null;
        }
    }
}
