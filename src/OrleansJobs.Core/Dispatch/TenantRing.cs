namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// Bounds the tenants in memory. When there are more, the others are in the store only, and all of them take turns: a tenant stays for a number
/// of rounds, then it makes room for those that come next in the order of names, and so on in a ring. In each revolution every tenant has the
/// same number of rounds, so the shares are the same as if all were in memory.
/// </summary>
internal sealed class TenantRing(DispatcherOptions options)
{
    /// <summary>Tenants whose jobs came in during this revolution, while others waited for their turn.</summary>
    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);

    private string? _reached;
    private bool _isReading;

    /// <summary>Whether this revolution may show that all tenants fit: it began with the first name, and nobody had to go or was forgotten.</summary>
    private bool _mayBeLast;

    /// <summary>Whether tenants that have waiting jobs may be in the store only.</summary>
    public bool Overflows { get; private set; }

    // A tenant in memory has to have room for one job at least.
    private int Capacity { get; } = Math.Min(options.MaxTenants, options.MaxWindow);

    // Tenants are exchanged a quarter at a time. Below this mark none has to go, so that slots do not stay free while names are read.
    private int LowMark => Capacity - Math.Max(1, Capacity / 4);

    /// <summary>Whether there is room for one more tenant, when so many are in.</summary>
    public bool HasRoom(int tenants) => tenants < Capacity;

    /// <summary>Whether a tenant may come in because one of its jobs did: not in front of those that wait for their turn.</summary>
    public bool Admits(int tenants) => !Overflows && HasRoom(tenants);

    /// <summary>Whether tenants have to go when their stay is over.</summary>
    public bool IsCrowded(int tenants) => Overflows && tenants > LowMark;

    /// <summary>A tenant has gone, and its jobs are in the store only.</summary>
    public void Gone() => (Overflows, _mayBeLast) = (true, false);

    /// <summary>A tenant did not come in, and its jobs are in the store only.</summary>
    public void LeaveOut(string tenant)
    {
        Overflows = true;
        if (_mayBeLast)
        {
            _leftOut.Add(tenant);
            _mayBeLast = _leftOut.Count <= Capacity;
        }
    }

    /// <summary>The names that are wanted.</summary>
    public TenantsPage? NextPage(int tenants)
    {
        if (!Overflows || _isReading || tenants > LowMark)
        {
            return null;
        }

        if (_reached is null)
        {
            _leftOut.Clear();
            _mayBeLast = true;
        }

        _isReading = true;
        return new TenantsPage(_reached, options.PageSize);
    }

    /// <summary>The page was read and taken in.</summary>
    /// <param name="reached">The last name that was taken in, or was in already; null if there was none.</param>
    /// <param name="exhausted">Whether that was the last one in the store.</param>
    /// <param name="tenants">How many are in.</param>
    /// <returns>If with these tenants all are in: those that were left out since the revolution began. Otherwise their turn will come.</returns>
    public IReadOnlyCollection<string> EndPage(string? reached, bool exhausted, int tenants)
    {
        _isReading = false;
        _reached = exhausted ? null : reached ?? _reached;
        Overflows = !(exhausted && _mayBeLast && tenants + _leftOut.Count <= Capacity);
        return Overflows ? [] : _leftOut;
    }

    /// <summary>The page could not be read.</summary>
    public void FailPage() => _isReading = false;
}
