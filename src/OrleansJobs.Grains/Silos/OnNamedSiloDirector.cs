using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OrleansJobs.Grains.Silos;

/// <summary>Finds the silo that a grain's key names.</summary>
internal sealed class OnNamedSiloDirector : IPlacementDirector
{
    /// <exception cref="SiloUnavailableException">That silo is not up.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var name = target.GrainIdentity.Key.ToString()!;
        return SiloNames.AddressOf(name) is { } address && context.GetCompatibleSilos(target).Contains(address)
            ? Task.FromResult(address)
            : throw new SiloUnavailableException($"No silo '{name}' is up.");
    }
}
