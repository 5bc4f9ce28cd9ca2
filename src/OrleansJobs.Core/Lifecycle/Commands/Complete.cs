namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>The attempt succeeded.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
/// <param name="Result">What it gave, if anything.</param>
public sealed record Complete(long LeaseToken, ReadOnlyMemory<byte>? Result) : LeaseCommand(LeaseToken);
