namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>A silo has no place for a suspected job that waits: it is due later, at no cost of an attempt.</summary>
/// <param name="Delay">How much later.</param>
public sealed record PutOff(TimeSpan Delay) : JobCommand;
