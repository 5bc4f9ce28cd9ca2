using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Pools;

/// <summary>
/// Gives each pool's grain type its bound on this silo. An attribute's argument cannot be configured, and grain properties come from the
/// cluster's manifest, where one silo's value would reach the others.
/// </summary>
internal sealed class PoolPlacementResolver(IServiceProvider services) : IPlacementStrategyResolver
{
    /// <summary>The grain type of pools, without the handler that makes it one class's.</summary>
    public const string WorkerGrainType = "orleansjobs-worker";

    private const string StatelessWorkerStrategy = "StatelessWorkerPlacement";
    private const string MaxLocalProperty = "max-local-instances";
    private const string RemoveIdleProperty = "remove-idle-workers";

    private readonly Lazy<IReadOnlyDictionary<GrainType, int>> _bounds = new(() => FindBounds(services));

    public bool TryResolvePlacementStrategy(
        GrainType grainType, GrainProperties? properties, out PlacementStrategy result)
    {
        result = null!;
        if (!_bounds.Value.TryGetValue(grainType, out var bound))
        {
            return false;
        }

        result = services.GetRequiredKeyedService<PlacementStrategy>(StatelessWorkerStrategy);
        result.Initialize(new GrainProperties(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add(MaxLocalProperty, bound.ToString(CultureInfo.InvariantCulture))
            .Add(RemoveIdleProperty, bool.FalseString)));
        return true;
    }

    private static Dictionary<GrainType, int> FindBounds(IServiceProvider services)
    {
        var resolver = services.GetRequiredService<GrainTypeResolver>();
        var bounds = new Dictionary<GrainType, int>();
        foreach (var jobClass in services.GetRequiredService<JobClassRegistry>().All)
        {
            var grainType = resolver.GetGrainType(typeof(WorkerGrain<>).MakeGenericType(jobClass.HandlerType));
            bounds[grainType] = Math.Max(bounds.GetValueOrDefault(grainType), PoolBound.Of(jobClass.Options));
        }

        return bounds;
    }
}
