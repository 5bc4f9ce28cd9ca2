using System.Collections.Concurrent;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>
/// References to the dispatcher grains. The grain factory works the interface's names out by reflection for every reference; here it is
/// done once for each class.
/// </summary>
internal sealed class DispatcherGrains(JobClassRegistry classes, IGrainFactory grains)
{
    private readonly ConcurrentDictionary<string, IDispatcherGrain> _known = new(StringComparer.Ordinal);

    /// <summary>The dispatcher of the class. Only those of this silo's classes are kept, so that names from outside do not pile up.</summary>
    public IDispatcherGrain Of(string jobClass) =>
        classes.TryGet(jobClass, out _) ? _known.GetOrAdd(jobClass, Create) : Create(jobClass);

    private IDispatcherGrain Create(string jobClass) => grains.GetGrain<IDispatcherGrain>(jobClass);
}
