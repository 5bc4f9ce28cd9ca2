namespace OrleansJobs.Core.Dispatch;

/// <summary>What the dispatcher answers to a silo's agent.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ExchangeReply
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(2)]
    private readonly JobLease[] _leases = [];

    [Id(4)]
    private readonly LeaseId[] _lost = [];

    [Id(7)]
    private readonly StopOrder[]? _stops;

    /// <summary>The dispatcher's life.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>Whether the agent has to exchange again at once with <see cref="ExchangeRequest.Held"/>.</summary>
    [Id(1)]
    public bool HeldWanted { get; init; }

    /// <summary>
    /// How long the exchange had waited at the dispatcher when this was said, by which the silo knows how old its leases are when they
    /// arrive. Null if the dispatcher does not say.
    /// </summary>
    [Id(6)]
    public TimeSpan? ParkedFor { get; init; }

    /// <summary>New leases for the silo.</summary>
    public IReadOnlyList<JobLease> Leases { get => _leases; init => _leases = WireLists.Array(value); }

    /// <summary>Attempts on the silo that have to stop.</summary>
    public IReadOnlyList<StopOrder> Stops { get => _stops ?? []; init => _stops = WireLists.ArrayUnlessEmpty(value); }

    /// <summary>Leases named in <see cref="ExchangeRequest.Held"/> that are not the silo's any more; their attempts have to stop.</summary>
    public IReadOnlyList<LeaseId> Lost { get => _lost; init => _lost = WireLists.Array(value); }

    /// <summary>The class's limits in force.</summary>
    [Id(5)]
    public required JobClassSettings Settings { get; init; }
}
