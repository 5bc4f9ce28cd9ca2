namespace OrleansJobs.Core.Dispatch;

/// <summary>The silos of a class, those whose exchange waits, and the names of lost ones.</summary>
internal sealed class SiloTable
{
    private readonly Dictionary<string, Silo> _silos = new(StringComparer.Ordinal);
    private readonly List<Silo> _listening = [];
    private readonly HashSet<string> _lost = new(StringComparer.Ordinal);
    private readonly Queue<string> _lostInOrder = new();
    private int _turn;

    public IReadOnlyCollection<Silo> All => _silos.Values;

    /// <summary>The silos whose exchange waits to be answered.</summary>
    public IReadOnlyList<Silo> Listening => _listening;

    /// <summary>Slots of the silos that take jobs.</summary>
    public int ServingPermits { get; private set; }

    /// <summary>Sums the slots up again, after silos have changed.</summary>
    public void Recount()
    {
        ServingPermits = 0;
        foreach (var silo in _silos.Values)
        {
            ServingPermits += silo.Serves ? silo.Permits : 0;
        }
    }

    public Silo? Find(string name) => _silos.GetValueOrDefault(name);

    public Silo Get(string name)
    {
        if (!_silos.TryGetValue(name, out var silo))
        {
            silo = new Silo(name);
            _silos.Add(name, silo);
        }

        return silo;
    }

    public bool IsLost(string name) => _lost.Contains(name);

    /// <summary>Forgets a silo that is dead and remembers its name, so that it gets nothing should it not know.</summary>
    public Silo? Lose(string name)
    {
        if (_lost.Add(name))
        {
            _lostInOrder.Enqueue(name);
            if (_lostInOrder.Count > DispatcherOptions.MaxLostSilos)
            {
                _lost.Remove(_lostInOrder.Dequeue());
            }
        }

        if (_silos.Remove(name, out var silo))
        {
            StopListening(silo);
            Recount();
        }

        return silo;
    }

    /// <summary>Forgets silos that hold nothing, wait for nothing and have said nothing since the given time.</summary>
    public void ForgetSilent(DateTimeOffset since, Action<Silo> forgets)
    {
        var isGone = false;
        foreach (var silo in _silos.Values)
        {
            if (silo.Leases == 0 && !silo.IsListening && silo.SeenAt < since)
            {
                StopListening(silo);
                _silos.Remove(silo.Name);
                forgets(silo);
                isGone = true;
            }
        }

        if (isGone)
        {
            Recount();
        }
    }

    /// <summary>An exchange of the silo waits, in place of the one that did so before.</summary>
    public void StartListening(Silo silo, long exchange)
    {
        silo.ListeningExchange = exchange;
        if (!silo.IsListening)
        {
            silo.ListenIndex = _listening.Count;
            _listening.Add(silo);
        }
    }

    public void StopListening(Silo silo)
    {
        if (silo.IsListening)
        {
            var last = _listening[^1];
            _listening[silo.ListenIndex] = last;
            last.ListenIndex = silo.ListenIndex;
            _listening.RemoveAt(_listening.Count - 1);
            silo.ListenIndex = -1;
        }
    }

    /// <summary>Whether a silo that listens has a free slot.</summary>
    public bool AnyFree()
    {
        foreach (var silo in _listening)
        {
            if (silo.Free > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a silo that takes jobs has a free slot, though it may not listen at this moment.</summary>
    public bool AnyFreeSlot()
    {
        foreach (var silo in _silos.Values)
        {
            if (silo.Serves && silo.Free > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The listening silo with the most free slots that has not been given its fill; among equals, each in turn.</summary>
    public Silo? Freest(int maxGrants)
    {
        Silo? freest = null;
        var most = 0;
        for (var i = 0; i < _listening.Count; i++)
        {
            var silo = _listening[(i + _turn) % _listening.Count];
            var free = silo.Grants.Count < maxGrants ? silo.Free : 0;
            if (free > most)
            {
                (freest, most) = (silo, free);
            }
        }

        _turn = freest is null ? 0 : freest.ListenIndex + 1;
        return freest;
    }
}
