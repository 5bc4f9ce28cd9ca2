using Orleans.Metadata;
using Orleans.Runtime;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Which classes each silo has: it says so in its manifest, as a property of the dispatcher's grain type.</summary>
internal sealed class DispatcherClasses(JobClassRegistry classes) : IGrainPropertiesProvider
{
    private const string Property = "orleansjobs-classes";
    private const char Separator = '\n';

    public static GrainType DispatcherType { get; } = GrainType.Create("orleansjobs-dispatcher");

    public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        if (grainClass == typeof(DispatcherGrain))
        {
            properties[Property] = string.Join(Separator, classes.All.Select(jobClass => jobClass.Name));
        }
    }

    /// <summary>The classes of a silo; null if its manifest is not known yet, or it is of a version that does not say.</summary>
    public static IReadOnlyCollection<string>? Of(ClusterManifest manifest, SiloAddress silo) =>
        manifest.Silos.TryGetValue(silo, out var grains)
        && grains.Grains.TryGetValue(DispatcherType, out var dispatcher)
        && dispatcher.Properties.TryGetValue(Property, out var names)
            ? names.Split(Separator, StringSplitOptions.RemoveEmptyEntries)
            : null;
}
