using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Pools;

/// <summary>The slots of all pools of this silo.</summary>
internal sealed class PoolSlots : ISlotRunner
{
    private readonly Dictionary<string, ISlotRunner> _pools;

    public PoolSlots(JobClassRegistry classes, IGrainFactory grains, TimeProvider time) =>
        _pools = classes.All.ToDictionary(
            jobClass => jobClass.Name, jobClass => PoolOf(jobClass, grains, time), StringComparer.Ordinal);

    public Task<LeaseCompletion> RunAsync(JobLease lease) => _pools[lease.JobClass].RunAsync(lease);

    private static ISlotRunner PoolOf(RegisteredClass jobClass, IGrainFactory grains, TimeProvider time)
    {
        var type = typeof(WorkerSlotRunner<>).MakeGenericType(jobClass.HandlerType);
        return (ISlotRunner)Activator.CreateInstance(type, grains, jobClass.Name, time)!;
    }
}
