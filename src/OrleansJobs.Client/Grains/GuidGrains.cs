using Orleans.Runtime;

namespace OrleansJobs.Client.Grains;

/// <summary>
/// Makes references to grains with GUID keys. The grain factory works the interface's names out by reflection for every reference; these
/// are made by the thousand each second, so here it is done once.
/// </summary>
/// <typeparam name="TGrain">The grain interface.</typeparam>
public sealed class GuidGrains<TGrain>(IGrainFactory grains) where TGrain : IGrainWithGuidKey
{
    private readonly Lazy<GrainReference> _example = new(() => (GrainReference)(object)grains.GetGrain<TGrain>(Guid.Empty));

    /// <summary>The grain with this key.</summary>
    public TGrain Get(Guid key)
    {
        var example = _example.Value;
        var id = GrainId.Create(example.GrainId.Type, GrainIdKeyExtensions.CreateGuidKey(key));
        return (TGrain)(object)grains.GetGrain(id, example.InterfaceType);
    }
}
