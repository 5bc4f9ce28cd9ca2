namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>The silo gives the job back unfinished, because it stops; this costs no attempt.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
public sealed record Release(long LeaseToken) : LeaseCommand(LeaseToken);
