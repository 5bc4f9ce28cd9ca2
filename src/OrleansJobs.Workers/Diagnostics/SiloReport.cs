using System.Reflection;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Diagnostics;

/// <summary>What this silo says of itself.</summary>
public sealed class SiloReport(LocalSilo silo, SiloAgent agent, RunningJobs running, TimeProvider time)
{
    private static readonly string? Version =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private readonly ProcessVitals _vitals = new(time);
    private DateTimeOffset _startedAt;

    /// <summary>The silo starts.</summary>
    public void Begin() => _startedAt = time.GetUtcNow();

    /// <summary>The silo as it is now.</summary>
    public SiloOverview Make() => _vitals.AddTo(new SiloOverview
    {
        Silo = silo.Name,
        Version = Version,
        StartedAt = _startedAt,
        Draining = agent.IsDraining,
        Pools = agent.Pools,
        Running = running.Show(InsightLimits.MaxRunningShown),
    });
}
