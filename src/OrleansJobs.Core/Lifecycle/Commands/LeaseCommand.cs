namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>A command of the silo that runs the job; it counts only with the live lease's token.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
public abstract record LeaseCommand(long LeaseToken) : JobCommand;
