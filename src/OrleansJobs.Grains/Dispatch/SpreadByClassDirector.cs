using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Finds the home of a class. A class that no silo is known to have is left to any silo, which says so.</summary>
internal sealed class SpreadByClassDirector(DispatcherHomes homes) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var compatible = context.GetCompatibleSilos(target);
        return Task.FromResult(homes.HomeOf(target.GrainIdentity.Key.ToString()!, compatible) ?? compatible[Random.Shared.Next(compatible.Length)]);
    }
}
