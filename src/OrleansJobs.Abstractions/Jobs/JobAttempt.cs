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
    /// <summary>The earliest time at which it might start; null in attempts of versions that did not record it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// What held it back for the longest part of the time between <see cref="DueAt"/> and <see cref="StartedAt"/>;
    /// <see cref="WaitReason.None"/> if nothing did, or nothing that the dispatcher knew of.
    /// </summary>
    public WaitReason WaitedFor { get; init; }

    /// <summary>W3C trace parent of the attempt's span; null if none was recorded.</summary>
    public string? TraceParent { get; init; }
}
