namespace OrleansJobs.Simulation.Chronicle;

/// <summary>Something that an onlooker could see: who, and what. The kinds are in this folder.</summary>
/// <param name="Actor">A silo, a client, or the store.</param>
internal abstract record HistoryEvent(string Actor)
{
    /// <summary>When it happened, by the clock of the world.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The job that it is about, if it is about one.</summary>
    public virtual JobId? About => null;

    /// <summary>The class that it is about, if it is about one.</summary>
    public virtual string? Class => null;

    /// <summary>What happened, in words.</summary>
    public abstract string Tell();
}
