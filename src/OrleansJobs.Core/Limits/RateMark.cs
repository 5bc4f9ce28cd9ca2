namespace OrleansJobs.Core.Limits;

/// <summary>How far a rate is used up, as it outlives a dispatcher.</summary>
/// <param name="Rate">The rate; under another one the mark says nothing.</param>
/// <param name="EmptyAt">The time at which its bucket was empty, or would have been: what it has earned since is what is there.</param>
public sealed record RateMark(Rate Rate, DateTimeOffset EmptyAt);
