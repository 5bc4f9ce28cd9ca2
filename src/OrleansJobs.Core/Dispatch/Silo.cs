namespace OrleansJobs.Core.Dispatch;

/// <summary>A silo as the dispatcher knows it: its permits, its leases, and what it has to be told.</summary>
internal sealed class Silo(string name)
{
    public string Name { get; } = name;

    public int Permits { get; set; }

    public bool Draining { get; set; }

    /// <summary>Leases that it holds, those that expire included.</summary>
    public int Leases { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The number of the latest exchange that was heard; those before it come late.</summary>
    public long HeardExchange { get; set; }

    /// <summary>When it last said what it holds.</summary>
    public DateTimeOffset ReportedAt { get; set; }

    /// <summary>Handlers that run on it although their lease has ended.</summary>
    public Dictionary<LeaseId, Overstay> Overstays { get; } = [];

    /// <summary>Whether it has exchanged in this life; until then it is known from the store only.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Whether it has said in this life what it holds. Before that it is given nothing.</summary>
    public bool IsSynced { get; set; }

    /// <summary>Its place among the silos whose exchange waits; -1 while none does.</summary>
    public int ListenIndex { get; set; } = -1;

    public bool IsListening => ListenIndex >= 0;

    /// <summary>The number of the exchange that waits, or did so last.</summary>
    public long ListeningExchange { get; set; }

    /// <summary>Whether it should be answered so that it learns changed limits.</summary>
    public bool NewsForIt { get; set; }

    public List<JobLease> Grants { get; private set; } = [];

    public List<StopOrder> Stops { get; private set; } = [];

    public List<LeaseId> Lost { get; private set; } = [];

    /// <summary>Slots that may be given work now. Those of handlers that it has said to overstay are not among its permits.</summary>
    public int Free => Draining ? 0 : Permits - Leases - (Overstays.Count == 0 ? 0 : Overstays.Values.Count(overstay => !overstay.IsTold));

    /// <summary>Whether it takes jobs.</summary>
    public bool Serves => IsSynced && !Draining && Permits > 0;

    public bool HasOrders => NewsForIt || Grants.Count > 0 || Stops.Count > 0 || Lost.Count > 0;

    /// <summary>Hands out all that it has to be told.</summary>
    public SiloOrders TakeOrders()
    {
        var orders = new SiloOrders(
            Name, Grants.Count > 0 ? Grants : [], Stops.Count > 0 ? Stops : [], Lost.Count > 0 ? Lost : []);
        Grants = Grants.Count > 0 ? [] : Grants;
        Stops = Stops.Count > 0 ? [] : Stops;
        Lost = Lost.Count > 0 ? [] : Lost;
        NewsForIt = false;
        return orders;
    }
}
