namespace OrleansJobs;

/// <summary>How far a running job says it is.</summary>
/// <param name="Fraction">From 0 (nothing done) to 1 (all done).</param>
/// <param name="Message">What it is doing, at most <see cref="JobLimits.MaxProgressMessageLength"/> characters.</param>
/// <param name="ReportedAt">When it said so.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record JobProgress([property: Id(0)] double Fraction, [property: Id(1)] string? Message, [property: Id(2)] DateTimeOffset ReportedAt);
