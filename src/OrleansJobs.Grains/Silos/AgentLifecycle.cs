using Orleans.Runtime;
using OrleansJobs.Workers.Agents;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// Runs the silo's agent while the silo is active. The agent drains first when the silo stops, while grains can still be called: a busy
/// activation is never told that its silo stops.
/// </summary>
internal sealed class AgentLifecycle(SiloAgent agent) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(AgentLifecycle), ServiceLifecycleStage.Active + 1, _ => agent.StartAsync(), hurry => agent.DrainAsync(hurry: hurry));
}
