namespace OrleansJobs.Simulation.Chronicle;

/// <summary>What became of a silo.</summary>
internal enum SiloChange
{
    Started,
    Crashed,
    Froze,
    Thawed,
    CutOff,
    Reconnected,
    Drains,
    Left,
    DeclaredDead,
    EndedItself,
}

/// <summary>A silo came, went, or suffered.</summary>
internal sealed record SiloEvent(string Actor, SiloChange Change) : HistoryEvent(Actor)
{
    public override string Tell() => $"{Change}";
}

/// <summary>A message was lost, doubled or delayed.</summary>
internal sealed record MessageFault(string Actor, string To, string What) : HistoryEvent(Actor)
{
    public override string Tell() => $"message to {To} is {What}";
}

/// <summary>A call of the store went wrong.</summary>
internal sealed record StoreFault(string Actor, string What) : HistoryEvent(Actor)
{
    public override string Tell() => What;
}

/// <summary>Two activations of one grain.</summary>
internal sealed record Duplicated(string Actor, string Grain, string? JobClass) : HistoryEvent(Actor)
{
    public override string? Class => JobClass;

    public override string Tell() => $"the directory forgets the {Grain}";
}

/// <summary>A dispatcher's life began, or was over.</summary>
internal sealed record DispatcherLife(string Actor, string JobClass, long Epoch, bool Begins) : HistoryEvent(Actor)
{
    public override string Class => JobClass;

    public override string Tell() => $"dispatcher of {JobClass}: life {Epoch % 100_000_000} {(Begins ? "begins" : "is over")}";
}

/// <summary>The limits that a dispatcher goes by from now on.</summary>
internal sealed record LimitsInForce(string Actor, string JobClass, long Epoch, JobClassSettings Settings) : HistoryEvent(Actor)
{
    public override string Class => JobClass;

    public override string Tell() =>
        $"limits of {JobClass}: revision {Settings.Revision}, {Settings.MaxLocalWorkers} a silo, {Settings.MaxConcurrentJobs} in all, "
        + $"{Settings.MaxConcurrentJobsPerTenant} a tenant, {Settings.Rate}{(Settings.Paused ? ", paused" : "")}";
}

/// <summary>From now on a dispatcher grants although these silos have not said in its time what they hold.</summary>
internal sealed record Unheard(string Actor, string JobClass, long Epoch, IReadOnlyCollection<string> Silos) : HistoryEvent(Actor)
{
    public override string Class => JobClass;

    public override string Tell() => $"dispatcher of {JobClass} has not heard {(Silos.Count == 0 ? "nobody" : string.Join(", ", Silos))}";
}

/// <summary>The slots of a pool from now on.</summary>
internal sealed record PoolLimit(string Actor, string JobClass, int Slots) : HistoryEvent(Actor)
{
    public override string Class => JobClass;

    public override string Tell() => $"pool of {JobClass}: {Slots} slots";
}

/// <summary>A silo starts nothing any more, because a suspected job runs alone or is about to; or it starts jobs again.</summary>
internal sealed record GateTurned(string Actor, bool Closes) : HistoryEvent(Actor)
{
    public override string Tell() => Closes ? "the gate closes" : "the gate opens";
}

/// <summary>How much a dispatcher has in memory at its fullest since it was last looked at.</summary>
internal sealed record MemoryPeak(string Actor, string JobClass, int Due, int NotDue, int Pages, int PageSize, int Grants) : HistoryEvent(Actor)
{
    public override string Class => JobClass;

    public override string Tell() => $"dispatcher of {JobClass} has {Due} due jobs and {NotDue} to come in memory, reads {Pages} pages";
}

/// <summary>From now on nothing goes wrong any more, and no class is paused.</summary>
internal sealed record FaultsOver() : HistoryEvent("world")
{
    public override string Tell() => "all faults are over";
}
