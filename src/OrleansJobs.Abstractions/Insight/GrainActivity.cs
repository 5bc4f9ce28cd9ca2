namespace OrleansJobs;

/// <summary>How many grains of one kind are active on one silo.</summary>
/// <param name="GrainType">The kind.</param>
/// <param name="Silo">The silo's name.</param>
/// <param name="Activations">How many are active.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record GrainActivity([property: Id(0)] string GrainType, [property: Id(1)] string Silo, [property: Id(2)] int Activations);
