using Orleans.Placement;
using Orleans.Runtime;

namespace OrleansJobs.Grains.Silos;

/// <summary>Places a grain on the silo whose name is its key.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.on-named-silo")]
internal sealed class OnNamedSilo : PlacementStrategy;

/// <summary>The grain is placed on the silo whose name is its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnNamedSiloAttribute() : PlacementAttribute(new OnNamedSilo());
