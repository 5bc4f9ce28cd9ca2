namespace OrleansJobs.Simulation.Checkers;

/// <summary>An invariant was broken.</summary>
/// <param name="Words">How, in a sentence.</param>
/// <param name="At">When that was seen.</param>
/// <param name="Job">The job concerned, if it is one.</param>
/// <param name="JobClass">The class concerned, if it is one.</param>
internal sealed record Violation(string Words, DateTimeOffset At, JobId? Job = null, string? JobClass = null);
