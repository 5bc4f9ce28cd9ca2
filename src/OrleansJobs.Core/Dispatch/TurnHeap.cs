namespace OrleansJobs.Core.Dispatch;

/// <summary>Tenants by the round of their next turn, then by place in the round: a binary heap that can give up any member.</summary>
internal sealed class TurnHeap
{
    private readonly List<TenantQueue> _tenants = [];

    public TenantQueue? First => _tenants.Count > 0 ? _tenants[0] : null;

    public void Add(TenantQueue tenant)
    {
        tenant.HeapIndex = _tenants.Count;
        _tenants.Add(tenant);
        Up(tenant.HeapIndex);
    }

    public void Remove(TenantQueue tenant)
    {
        var hole = tenant.HeapIndex;
        var last = _tenants[^1];
        _tenants.RemoveAt(_tenants.Count - 1);
        tenant.HeapIndex = -1;
        if (!ReferenceEquals(last, tenant))
        {
            Place(last, hole);
            Up(hole);
            Down(last.HeapIndex);
        }
    }

    /// <summary>The first tenant's turn has moved to a later round.</summary>
    public void FirstMovedBack() => Down(0);

    private void Up(int at)
    {
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (!IsBefore(_tenants[at], _tenants[parent]))
            {
                return;
            }

            Swap(at, parent);
            at = parent;
        }
    }

    private void Down(int at)
    {
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _tenants.Count)
            {
                return;
            }

            if (child + 1 < _tenants.Count && IsBefore(_tenants[child + 1], _tenants[child]))
            {
                child++;
            }

            if (!IsBefore(_tenants[child], _tenants[at]))
            {
                return;
            }

            Swap(at, child);
            at = child;
        }
    }

    private void Swap(int x, int y)
    {
        var (tenantX, tenantY) = (_tenants[x], _tenants[y]);
        Place(tenantX, y);
        Place(tenantY, x);
    }

    private void Place(TenantQueue tenant, int at)
    {
        _tenants[at] = tenant;
        tenant.HeapIndex = at;
    }

    private static bool IsBefore(TenantQueue x, TenantQueue y) =>
        x.TurnRound != y.TurnRound ? x.TurnRound < y.TurnRound : x.Position < y.Position;
}
