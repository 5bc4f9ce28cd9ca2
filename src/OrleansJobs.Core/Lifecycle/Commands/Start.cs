namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Begins an attempt on a silo: raises the token and the attempt.</summary>
/// <param name="Silo">Who runs it.</param>
public sealed record Start(string Silo) : JobCommand;
