using Orleans.Placement;
using Orleans.Runtime;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>Places the dispatchers of the classes evenly on the silos that have them.</summary>
[GenerateSerializer, Immutable, Alias("orleansjobs.spread-by-class")]
internal sealed class SpreadByClass : PlacementStrategy;

/// <summary>The grain is placed on the silo that is its class's home.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpreadByClassAttribute() : PlacementAttribute(new SpreadByClass());
