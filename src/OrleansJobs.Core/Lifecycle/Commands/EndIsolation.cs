namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Others are about to run beside an attempt that ran alone: from now on a loss of the silo does not convict its job.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
public sealed record EndIsolation(long LeaseToken) : LeaseCommand(LeaseToken);
