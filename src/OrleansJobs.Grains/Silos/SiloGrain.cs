using Orleans.Concurrency;
using Orleans.Placement;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Diagnostics;

namespace OrleansJobs.Grains.Silos;

/// <summary>Speaks for the silo that it is on, which is the one that its key names.</summary>
[GrainType("orleansjobs-silo"), OnNamedSilo, Immovable, Reentrant, KeepAlive]
internal sealed class SiloGrain(SiloReport report, SiloAgent agent) : Grain, ISiloGrain
{
    public Task<SiloOverview> GetStatusAsync() => Task.FromResult(report.Make());

    public Task DrainAsync()
    {
        agent.StopLeasing();
        return Task.CompletedTask;
    }
}
