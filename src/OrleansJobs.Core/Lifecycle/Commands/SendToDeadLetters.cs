namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Somebody gives the waiting job up.</summary>
/// <param name="Reason">Why.</param>
public sealed record SendToDeadLetters(string Reason) : JobCommand;
