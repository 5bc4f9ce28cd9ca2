using Orleans.Concurrency;
using Orleans.Placement;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Grains.Silos;

/// <summary>Speaks for the silo that it is on, which is the one that its key names.</summary>
[GrainType("orleansjobs-silo"), OnNamedSilo, Immovable, Reentrant, KeepAlive]
internal sealed class SiloGrain(SiloReport report, SiloAgent agent, DispatcherHomes homes, ExplainedLosses explained) : Grain, ISiloGrain
{
    public Task<SiloOverview> GetStatusAsync() => Task.FromResult(report.Make() with { Dispatchers = homes.Here });

    public Task ExplainAsync(string[] silos)
    {
        explained.Add(silos);
        return Task.CompletedTask;
    }

    public Task DrainAsync()
    {
        agent.StopLeasing();
        return Task.CompletedTask;
    }
}
