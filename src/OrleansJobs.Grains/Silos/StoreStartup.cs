using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Grains.Hosting;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Silos;

/// <summary>
/// Makes sure of the silo's ports and of who may reach them, makes the store and Orleans' own tables ready, and claims the store, before anything else of the silo starts.
/// </summary>
internal sealed class StoreStartup(
    ClusterProtection protection, SiloPorts ports, StoreTenure tenure, StoreSharing sharing, OrleansTables tables, IOptions<ClusterOptions> cluster)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(StoreStartup), ServiceLifecycleStage.First, StartAsync, _ => tenure.DisposeAsync().AsTask());

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        protection.ThrowIfOpen();
        ports.ThrowIfTaken();
        await tenure.BeginAsync(sharing.Claim, cluster.Value.ClusterId, cancellationToken);
        await tables.ApplyAsync(cancellationToken);
    }
}
