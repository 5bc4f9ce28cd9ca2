namespace OrleansJobs;

/// <summary>How many grains of one kind are active on one silo.</summary>
/// <param name="GrainType">The kind.</param>
/// <param name="Silo">The silo's name.</param>
/// <param name="Activations">How many are active.</param>
public sealed record GrainActivity(string GrainType, string Silo, int Activations);
