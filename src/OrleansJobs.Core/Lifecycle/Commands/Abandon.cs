namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>The attempt ended because the job is not wanted any more: it was cancelled, or its handler said so.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
/// <param name="Reason">Why.</param>
public sealed record Abandon(long LeaseToken, string Reason) : LeaseCommand(LeaseToken);
