using System.Collections.Immutable;
using System.Net;
using System.Threading.Channels;
using Orleans.Runtime;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>A cluster whose silos change as a test says.</summary>
internal sealed class ScriptedMembership : IClusterMembershipService
{
    private readonly Channel<ClusterMembershipSnapshot> _updates = Channel.CreateUnbounded<ClusterMembershipSnapshot>();
    private ImmutableDictionary<SiloAddress, ClusterMember> _members = ImmutableDictionary<SiloAddress, ClusterMember>.Empty;
    private long _version;

    public ClusterMembershipSnapshot CurrentSnapshot => new(_members, new MembershipVersion(_version));

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => _updates.Reader.ReadAllAsync();

    public void Set(int silo, SiloStatus status)
    {
        var address = SiloAddress.New(IPAddress.Loopback, silo, silo);
        _members = _members.SetItem(address, new ClusterMember(address, status, $"silo{silo}"));
        _version++;
        _updates.Writer.TryWrite(CurrentSnapshot);
    }

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public Task<bool> TryKill(SiloAddress siloAddress) => Task.FromResult(false);
}
