using Orleans.Runtime;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Silos;

/// <summary>Makes the store and Orleans' own tables ready before anything else of the silo starts.</summary>
internal sealed class StoreStartup(IJobStore store, IOrleansTables tables) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(StoreStartup), ServiceLifecycleStage.First, StartAsync, _ => Task.CompletedTask);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        await tables.ApplyAsync(cancellationToken);
    }
}
