using OrleansJobs.Engine.Silos;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Embedded.Silos;

/// <summary>The store was claimed for this process alone, so whoever ran jobs before is dead.</summary>
internal sealed class OtherSilos(LocalSilo self) : IDeadSilos
{
    public bool IsDead(string silo) => !string.Equals(silo, self.Name, StringComparison.Ordinal);
}
