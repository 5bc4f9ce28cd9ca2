namespace OrleansJobs;

/// <summary>What a tenant gets of a class.</summary>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record TenantUse
{
    /// <summary>The tenant; empty for the shared one.</summary>
    [Id(0)]
    public required string Tenant { get; init; }

    /// <summary>Its weight: what its share of the class's slots is to be in proportion to the others'.</summary>
    [Id(1)]
    public int Weight { get; init; } = 1;

    /// <summary>Its due jobs in the dispatcher's memory.</summary>
    [Id(2)]
    public int Waiting { get; init; }

    /// <summary>Whether more of its jobs may wait in the store only.</summary>
    [Id(3)]
    public bool Spilled { get; init; }

    /// <summary>Slots it holds.</summary>
    [Id(4)]
    public int Running { get; init; }

    /// <summary>Its attempts that were started in the last 15 minutes, as far as the dispatcher has kept them.</summary>
    [Id(5)]
    public long Started { get; init; }
}
