namespace OrleansJobs;

/// <summary>An ended attempt of a job.</summary>
/// <param name="Number">Which attempt it was, from 1. A snoozed or released attempt gives its number back.</param>
/// <param name="Silo">The silo that ran it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it failed, if it did.</param>
public sealed record JobAttempt(
    int Number, string Silo, DateTimeOffset StartedAt, DateTimeOffset EndedAt, AttemptOutcome Outcome, JobError? Error)
{
    /// <summary>W3C trace parent of the attempt's span; null if none was recorded.</summary>
    public string? TraceParent { get; init; }
}
