using Microsoft.Extensions.Logging;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Makes the outbox of a class.</summary>
internal sealed class ClassNoticeFactory(IGrainFactory grains, TimeProvider time, ILogger<ClassNotices> logger)
{
    public ClassNotices Create(string jobClass) => new(grains.GetGrain<IDispatcherGrain>(jobClass), jobClass, time, logger);
}
