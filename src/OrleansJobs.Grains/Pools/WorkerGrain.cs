using Orleans.Concurrency;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Grains.Pools;

/// <summary>
/// A slot: an activation of the class's stateless worker grain. How many there may be on a silo comes from the class's options, by
/// <see cref="PoolPlacementResolver"/>; the attribute only marks the grain.
/// </summary>
/// <typeparam name="THandler">The class's handler; it makes the pool's grain type.</typeparam>
[GrainType(PoolPlacementResolver.WorkerGrainType + "`1"), StatelessWorker, KeepAlive]
internal sealed class WorkerGrain<THandler>(LeaseRunner runner) : Grain, IWorkerGrain<THandler>
{
    /// <summary>
    /// Runs off the activation's scheduler: a worker has no state to guard, and every await of a long chain would be queued there.
    /// </summary>
    public async Task<Immutable<LeaseCompletion>> RunAsync(JobLease lease) => new(await Task.Run(() => runner.RunAsync(lease)));
}
