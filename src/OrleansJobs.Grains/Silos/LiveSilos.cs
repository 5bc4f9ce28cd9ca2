using Orleans.Runtime;

namespace OrleansJobs.Grains.Silos;

/// <summary>Which silos may hold leases, by the cluster's membership.</summary>
internal static class LiveSilos
{
    /// <summary>Silos that are not dead: those that are joining, active or shutting down.</summary>
    public static HashSet<string> Of(ClusterMembershipSnapshot snapshot) => Where(snapshot, status => status is not SiloStatus.Dead);

    /// <summary>Silos that may hold leases: those that run agents, or did until a moment ago.</summary>
    public static HashSet<string> HoldersOf(ClusterMembershipSnapshot snapshot) =>
        Where(snapshot, status => status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping);

    /// <summary>Silos that hold grains now.</summary>
    public static HashSet<string> ActiveOf(ClusterMembershipSnapshot snapshot) => Where(snapshot, status => status is SiloStatus.Active);

    private static HashSet<string> Where(ClusterMembershipSnapshot snapshot, Func<SiloStatus, bool> counts) =>
        [.. snapshot.Members.Values.Where(member => counts(member.Status)).Select(member => SiloNames.Of(member.SiloAddress))];
}
