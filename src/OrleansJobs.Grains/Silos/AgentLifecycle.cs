using Orleans.Runtime;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// Runs the silo's agent while the silo is active. The agent drains first when the silo stops, while grains can still be called: a busy
/// activation is never told that its silo stops.
/// </summary>
internal sealed class AgentLifecycle(SiloAgent agent, SiloReport report, SiloStopping stopping, ExplainedLosses explained, ClusterSilos silos)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(AgentLifecycle), ServiceLifecycleStage.Active + 1, StartAsync, StopAsync);

    private Task StartAsync(CancellationToken cancellationToken)
    {
        report.Begin();
        explained.OnFound(silos.Explain);
        return agent.StartAsync(cancellationToken);
    }

    private async Task StopAsync(CancellationToken hurry)
    {
        await agent.DrainAsync(hurry: hurry);
        stopping.Raise();
    }
}
