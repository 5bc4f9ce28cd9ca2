namespace OrleansJobs.Workers.Quarantine;

/// <summary>
/// Silos that a job is known to have ended, as far as this process has heard: what else ran on them is suspected no more. Kept in memory only;
/// where one is not known, its suspects are watched for nothing, which costs time and convicts nobody.
/// </summary>
public sealed class ExplainedLosses
{
    /// <summary>Silos that are remembered at once; the oldest goes.</summary>
    public const int MaxSilos = 1_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _silos = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private Action? _onNew;
    private Action<IReadOnlyList<string>>? _onFound;

    /// <summary>Whether a job is known to have ended the silo.</summary>
    public bool Contains(string silo)
    {
        lock (_lock)
        {
            return _silos.Contains(silo);
        }
    }

    /// <summary>A job was found to have ended these silos.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Add(IEnumerable<string> silos)
    {
        ArgumentNullException.ThrowIfNull(silos);
        Action? onNew = null;
        lock (_lock)
        {
            foreach (var silo in silos.Where(_silos.Add))
            {
                onNew = _onNew ?? (static () => { });
                _order.Enqueue(silo);
                if (_order.Count > MaxSilos)
                {
                    _silos.Remove(_order.Dequeue());
                }
            }
        }

        onNew?.Invoke();
        return onNew is not null;
    }

    /// <summary>A job's authority in this process has found that the job ended these silos. The other silos are told, if there are any.</summary>
    public void Find(IReadOnlyList<string> silos)
    {
        Add(silos);
        Action<IReadOnlyList<string>>? onFound;
        lock (_lock)
        {
            onFound = _onFound;
        }

        onFound?.Invoke(silos);
    }

    /// <summary>Sets who tells the other silos what was found here.</summary>
    public void OnFound(Action<IReadOnlyList<string>> listener)
    {
        lock (_lock)
        {
            _onFound += listener;
        }
    }

    /// <summary>Sets who hears of news.</summary>
    internal void OnNew(Action listener)
    {
        lock (_lock)
        {
            _onNew += listener;
        }
    }
}
