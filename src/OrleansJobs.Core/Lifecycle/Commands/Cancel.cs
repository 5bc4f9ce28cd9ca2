namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Somebody wants the job not to run (any more).</summary>
/// <param name="Reason">Why, if they said.</param>
public sealed record Cancel(string? Reason) : JobCommand;
