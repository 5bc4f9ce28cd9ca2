namespace OrleansJobs.Core.Dispatch;

/// <summary>What a silo's agent tells the dispatcher of a class.</summary>
public sealed record ExchangeRequest
{
    /// <summary>The silo, with its generation: a restarted silo is another one.</summary>
    public required string Silo { get; init; }

    /// <summary>The latest of the dispatcher's lives that the agent knows; 0 for none. <see cref="Held"/> counts only in the life that is known: from
    /// then on the silo begins no lease of an earlier one.</summary>
    public long KnownEpoch { get; init; }

    /// <summary>Jobs that the pool runs at once at most, those running included; 0 takes nothing new.</summary>
    public int Permits { get; init; }

    /// <summary>Whether the silo stops and takes nothing new.</summary>
    public bool Draining { get; init; }

    /// <summary>The number of this exchange among those of the agent, rising; 0 if it does not count them.</summary>
    public long Number { get; init; }

    /// <summary>
    /// The numbers of the exchanges whose answers may still be acted on, this one's included. What an answer brought that is not among them, and that
    /// is not in <see cref="Held"/>, did not arrive. Null if the agent does not say.
    /// </summary>
    public IReadOnlyList<long>? Awaited { get; init; }

    /// <summary>Every handler that runs on although its lease has ended.</summary>
    public IReadOnlyList<OverstayingHandler> Overstays { get; init; } = [];

    /// <summary>Leases that have ended since the last exchange that was answered.</summary>
    public IReadOnlyList<LeaseCompletion> Completions { get; init; } = [];

    /// <summary>When renewing: every lease that the silo holds. Null when this exchange does not renew.</summary>
    public IReadOnlyList<HeldLease>? Held { get; init; }
}
