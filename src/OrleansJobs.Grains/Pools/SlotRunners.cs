using Microsoft.Extensions.Logging;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Pools;

/// <summary>Finds the pool of each class.</summary>
internal sealed class SlotRunners(IGrainFactory grains, ILoggerFactory loggers)
{
    public ISlotRunner For(JobClass jobClass)
    {
        var type = typeof(WorkerSlotRunner<>).MakeGenericType(jobClass.HandlerType);
        return (ISlotRunner)Activator.CreateInstance(type, grains, jobClass.Name, loggers.CreateLogger(type))!;
    }
}
