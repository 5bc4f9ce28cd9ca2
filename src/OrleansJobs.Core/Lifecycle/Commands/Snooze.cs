namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>The attempt wants to run later, at no cost of an attempt.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
/// <param name="Delay">How much later.</param>
public sealed record Snooze(long LeaseToken, TimeSpan Delay) : LeaseCommand(LeaseToken);
