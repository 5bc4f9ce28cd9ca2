namespace OrleansJobs.Core.Insight;

/// <summary>
/// The attempts of each tenant that were started in the last 15 minutes, by minute. Bounded: a tenant without any is forgotten, and when
/// there are too many, the one whose last start is longest ago.
/// </summary>
internal sealed class TenantStarts
{
    /// <summary>Tenants that are kept.</summary>
    public const int MaxTenants = 10_000;

    private readonly Dictionary<string, LinkedListNode<StartCounter>> _tenants = new(StringComparer.Ordinal);
    private readonly LinkedList<StartCounter> _byLastStart = new();

    /// <summary>The tenants that started something, the one whose last start is longest ago first.</summary>
    public IReadOnlyCollection<StartCounter> Tenants => _byLastStart;

    /// <summary>An attempt was started.</summary>
    public void Add(string tenant, DateTimeOffset now)
    {
        Forget(now);
        if (_tenants.TryGetValue(tenant, out var node))
        {
            _byLastStart.Remove(node);
        }
        else
        {
            MakeRoom();
            node = new LinkedListNode<StartCounter>(new StartCounter(tenant));
            _tenants.Add(tenant, node);
        }

        node.Value.Add(now);
        _byLastStart.AddLast(node);
    }

    /// <summary>An attempt that was counted at that time was not started.</summary>
    public void TakeBack(string tenant, DateTimeOffset startedAt) => _tenants.GetValueOrDefault(tenant)?.Value.TakeBack(startedAt);

    /// <summary>How many a tenant started.</summary>
    public long Of(string tenant, DateTimeOffset now) => _tenants.GetValueOrDefault(tenant)?.Value.CountAt(now) ?? 0;

    private void Forget(DateTimeOffset now)
    {
        while (_byLastStart.First is { } oldest && oldest.Value.CountAt(now) == 0)
        {
            Remove(oldest);
        }
    }

    private void MakeRoom()
    {
        if (_tenants.Count >= MaxTenants)
        {
            Remove(_byLastStart.First!);
        }
    }

    private void Remove(LinkedListNode<StartCounter> node)
    {
        _byLastStart.Remove(node);
        _tenants.Remove(node.Value.Tenant);
    }
}
