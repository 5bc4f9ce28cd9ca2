using System.Reflection;
using Orleans;
using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client.Tests;

/// <summary>A grain factory that knows one grain: the grid.</summary>
public class GridFactory : DispatchProxy
{
    private IGridGrain? _grid;

    /// <summary>Makes the factory.</summary>
    public static IGrainFactory Of(IGridGrain grid)
    {
        var factory = Create<IGrainFactory, GridFactory>();
        ((GridFactory)(object)factory)._grid = grid;
        return factory;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod?.ReturnType == typeof(IGridGrain) ? _grid : throw new NotSupportedException($"{targetMethod}");
}
