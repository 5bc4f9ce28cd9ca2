using System.Collections.Concurrent;
using Orleans.Runtime;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// What the cluster's membership says of silos, asked once for each name and state of the membership. Where the silo has its store alone,
/// every other is dead; so is a name that is none of a silo, such as that of a process which ran the embedded engine over the same store.
/// </summary>
internal sealed class DeadSilos(IClusterMembershipService membership, StoreSharing sharing, LocalSilo self) : IDeadSilos
{
    private Verdicts _verdicts = new(null);

    public bool IsDead(string silo)
    {
        if (sharing.Claim == StoreClaim.Exclusive)
        {
            return !string.Equals(silo, self.Name, StringComparison.Ordinal);
        }

        var (snapshot, verdicts) = (membership.CurrentSnapshot, Volatile.Read(ref _verdicts));
        if (!ReferenceEquals(verdicts.Members, snapshot))
        {
            Volatile.Write(ref _verdicts, verdicts = new Verdicts(snapshot));
        }

        return verdicts.IsDead(silo);
    }

    private sealed class Verdicts(ClusterMembershipSnapshot? members)
    {
        private readonly ConcurrentDictionary<string, bool> _dead = new(StringComparer.Ordinal);

        public ClusterMembershipSnapshot? Members => members;

        public bool IsDead(string silo) => _dead.GetOrAdd(
            silo,
            static (name, members) => SiloNames.AddressOf(name) is not { } address || members!.GetSiloStatus(address) == SiloStatus.Dead,
            members);
    }
}
