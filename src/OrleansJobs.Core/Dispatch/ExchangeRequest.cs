namespace OrleansJobs.Core.Dispatch;

/// <summary>What a silo's agent tells the dispatcher of a class.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ExchangeRequest
{
    // On the wire these are plain arrays and dictionaries, whatever list, map or memory was given.
    [Id(4)]
    private readonly LeaseCompletion[] _completions = [];

    [Id(5)]
    private readonly HeldLease[]? _held;

    [Id(7)]
    private readonly OverstayingHandler[]? _overstays;

    [Id(8)]
    private readonly long[]? _awaited;

    /// <summary>The silo, with its generation: a restarted silo is another one.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>The latest of the dispatcher's lives that the agent knows; 0 for none. <see cref="Held"/> counts only in the life that is known: from
    /// then on the silo begins no lease of an earlier one.</summary>
    [Id(1)]
    public long KnownEpoch { get; init; }

    /// <summary>Jobs that the pool runs at once at most, those running included; 0 takes nothing new.</summary>
    [Id(2)]
    public int Permits { get; init; }

    /// <summary>Whether the silo stops and takes nothing new.</summary>
    [Id(3)]
    public bool Draining { get; init; }

    /// <summary>The number of this exchange among those of the agent, rising; 0 if it does not count them.</summary>
    [Id(6)]
    public long Number { get; init; }

    /// <summary>
    /// The numbers of the exchanges whose answers may still be acted on, this one's included. What an answer brought that is not among them, and that
    /// is not in <see cref="Held"/>, did not arrive. Null if the agent does not say.
    /// </summary>
    public IReadOnlyList<long>? Awaited { get => _awaited; init => _awaited = WireLists.Array(value); }

    /// <summary>Every handler that runs on although its lease has ended.</summary>
    public IReadOnlyList<OverstayingHandler> Overstays { get => _overstays ?? []; init => _overstays = WireLists.ArrayUnlessEmpty(value); }

    /// <summary>Leases that have ended since the last exchange that was answered.</summary>
    public IReadOnlyList<LeaseCompletion> Completions { get => _completions; init => _completions = WireLists.Array(value); }

    /// <summary>When renewing: every lease that the silo holds. Null when this exchange does not renew.</summary>
    public IReadOnlyList<HeldLease>? Held { get => _held; init => _held = WireLists.Array(value); }
}
