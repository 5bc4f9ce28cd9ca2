using Orleans.Runtime;
using MemberStatus = Orleans.Runtime.SiloStatus;

namespace OrleansJobs.Grains.Silos;

/// <summary>Which silos may hold leases, by the cluster's membership.</summary>
internal static class LiveSilos
{
    /// <summary>Silos that are not dead: those that are joining, active or shutting down.</summary>
    public static HashSet<string> Of(ClusterMembershipSnapshot snapshot) => Where(snapshot, status => status is not MemberStatus.Dead);

    /// <summary>Silos that may hold leases: those that run agents, or did until a moment ago.</summary>
    public static HashSet<string> HoldersOf(ClusterMembershipSnapshot snapshot) =>
        Where(snapshot, status => status is MemberStatus.Active or MemberStatus.ShuttingDown or MemberStatus.Stopping);

    /// <summary>Silos that hold grains now.</summary>
    public static HashSet<string> ActiveOf(ClusterMembershipSnapshot snapshot) => Where(snapshot, status => status is MemberStatus.Active);

    private static HashSet<string> Where(ClusterMembershipSnapshot snapshot, Func<MemberStatus, bool> counts) =>
        [.. snapshot.Members.Values.Where(member => counts(member.Status)).Select(member => SiloNames.Of(member.SiloAddress))];
}
