namespace OrleansJobs.Simulation.Workload;

/// <summary>Which faults a run has. Each run has some of them only, so that each kind is also met by itself.</summary>
internal sealed record FaultPlan
{
    public MessageFaults Messages { get; init; } = MessageFaults.None;

    public StoreFaults Store { get; init; } = StoreFaults.None;

    /// <summary>Kinds of faults that strike now and then.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; init; } = [];

    /// <summary>Mean time between two of those.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(5);

    public bool IsCalm => Kinds.Count == 0 && Messages == MessageFaults.None && Store == StoreFaults.None;
}

/// <summary>Faults that strike now and then.</summary>
internal enum FaultKind
{
    Crash,
    Freeze,
    CutOff,
    Drain,
    NewSilo,
    MessageStorm,
    StoreOutage,
    DispatcherTwice,
    DispatcherMoves,
    JobTwice,
}
