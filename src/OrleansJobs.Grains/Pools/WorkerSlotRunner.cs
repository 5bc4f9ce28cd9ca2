using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Pools;

/// <summary>Runs leases in the activations of a class's worker grain on this silo.</summary>
/// <typeparam name="THandler">The class's handler.</typeparam>
internal sealed class WorkerSlotRunner<THandler>(IGrainFactory grains, string jobClass, TimeProvider time) : ISlotRunner
{
    /// <summary>The slot stays taken this long after a failure, so that a pool that cannot run does not spin.</summary>
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);

    private readonly IWorkerGrain<THandler> _pool = grains.GetGrain<IWorkerGrain<THandler>>(jobClass);

    public async Task<LeaseCompletion> RunAsync(JobLease lease)
    {
        try
        {
            return (await _pool.RunAsync(lease)).Value;
        }
        catch
        {
            // Whether the attempt had started is for the pool to say, which keeps its entry.
            await Task.Delay(FailurePause, time);
            throw;
        }
    }
}
