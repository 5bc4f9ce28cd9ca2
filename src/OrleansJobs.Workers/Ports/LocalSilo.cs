namespace OrleansJobs.Workers.Ports;

/// <summary>Who this silo is to the dispatchers and to the jobs it runs; the engine registers it.</summary>
/// <param name="Name">The silo, with its generation: a restarted silo is another one.</param>
public sealed record LocalSilo(string Name);
