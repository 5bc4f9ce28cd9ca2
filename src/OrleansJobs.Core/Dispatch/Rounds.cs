namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// Deficit round robin (M. Shreedhar and G. Varghese, "Efficient Fair Queueing Using Deficit Round Robin", SIGCOMM 1995). In each round a
/// tenant may spend its weight more, in job cost; what it cannot spend yet it keeps. The quantum is small, so that tenants alternate
/// closely; rounds in which a tenant could only save are not walked through but reckoned: it waits in a heap for the round in which its
/// first job is affordable.
/// </summary>
internal sealed class Rounds
{
    /// <summary>Jobs that even a tenant whose jobs are the dearest for its weight can have started in its stay.</summary>
    private const int RoundsPerJob = 8;

    private readonly TurnHeap _turns = new();
    private long _round;
    private long _positions;
    private long _longestSaving = 1;

    /// <summary>
    /// Rounds after which a tenant may have to make room for others: so many that what it then leaves unspent is little, whatever its jobs cost.
    /// </summary>
    public long Stay => RoundsPerJob * _longestSaving;

    public bool IsEmpty => _turns.First is null;

    /// <summary>The tenant takes part from the next round on.</summary>
    public void Enter(TenantQueue tenant)
    {
        tenant.VisitedRound = _round;
        tenant.TurnRound = NextTurn(tenant);
        tenant.Position = ++_positions;
        _turns.Add(tenant);
    }

    /// <summary>
    /// The tenant takes no part for now. One without work loses its credit, as in the paper; one that may not or cannot go on at the
    /// moment saves no more than the quantum of one round, and earns nothing until it comes back.
    /// </summary>
    public void Leave(TenantQueue tenant)
    {
        _turns.Remove(tenant);
        tenant.Deficit = tenant.Window.IsIdle ? 0 : Math.Min(tenant.Deficit, tenant.Weight);
    }

    /// <summary>The tenant whose first job comes next.</summary>
    public TenantQueue? Next()
    {
        while (_turns.First is { } tenant)
        {
            BeginTurn(tenant);
            if (tenant.Window.First!.Cost <= tenant.Deficit)
            {
                return tenant;
            }

            tenant.TurnRound = NextTurn(tenant);
            _turns.FirstMovedBack();
        }

        return null;
    }

    private void BeginTurn(TenantQueue tenant)
    {
        tenant.Deficit += (tenant.TurnRound - tenant.VisitedRound) * tenant.Weight;
        tenant.RoundsStayed += tenant.TurnRound - tenant.VisitedRound;
        tenant.VisitedRound = tenant.TurnRound;
        _round = tenant.TurnRound;
    }

    private long NextTurn(TenantQueue tenant)
    {
        var missing = Math.Max(1, tenant.Window.First!.Cost - tenant.Deficit);
        var saving = (missing + tenant.Weight - 1) / tenant.Weight;
        _longestSaving = Math.Max(_longestSaving, saving);
        return tenant.VisitedRound + saving;
    }
}
