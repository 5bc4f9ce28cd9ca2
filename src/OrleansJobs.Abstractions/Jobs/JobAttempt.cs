namespace OrleansJobs;

/// <summary>An ended attempt of a job.</summary>
/// <param name="Number">Which attempt it was, from 1. A snoozed or released attempt gives its number back.</param>
/// <param name="Silo">The silo that ran it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it failed, if it did.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobAttempt(
    [property: Id(0)] int Number, [property: Id(1)] string Silo, [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset EndedAt, [property: Id(4)] AttemptOutcome Outcome, [property: Id(5)] JobError? Error)
{
    /// <summary>The earliest time at which it might start; null in attempts of versions that did not record it.</summary>
    [Id(7)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// What held it back for the longest part of the time between <see cref="DueAt"/> and <see cref="StartedAt"/>;
    /// <see cref="WaitReason.None"/> if nothing did, or nothing that the dispatcher knew of.
    /// </summary>
    [Id(8)]
    public WaitReason WaitedFor { get; init; }

    /// <summary>W3C trace parent of the attempt's span; null if none was recorded.</summary>
    [Id(6)]
    public string? TraceParent { get; init; }
}
