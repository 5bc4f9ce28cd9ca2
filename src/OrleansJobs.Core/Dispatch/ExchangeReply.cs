namespace OrleansJobs.Core.Dispatch;

/// <summary>What the dispatcher answers to a silo's agent.</summary>
public sealed record ExchangeReply
{
    /// <summary>The dispatcher's life.</summary>
    public required long Epoch { get; init; }

    /// <summary>Whether the agent has to exchange again at once with <see cref="ExchangeRequest.Held"/>.</summary>
    public bool HeldWanted { get; init; }

    /// <summary>
    /// How long the exchange had waited at the dispatcher when this was said, by which the silo knows how old its leases are when they
    /// arrive. Null if the dispatcher does not say.
    /// </summary>
    public TimeSpan? ParkedFor { get; init; }

    /// <summary>New leases for the silo.</summary>
    public IReadOnlyList<JobLease> Leases { get; init; } = [];

    /// <summary>Attempts on the silo that have to stop.</summary>
    public IReadOnlyList<StopOrder> Stops { get; init; } = [];

    /// <summary>Leases named in <see cref="ExchangeRequest.Held"/> that are not the silo's any more; their attempts have to stop.</summary>
    public IReadOnlyList<LeaseId> Lost { get; init; } = [];

    /// <summary>The class's limits in force.</summary>
    public required JobClassSettings Settings { get; init; }
}
