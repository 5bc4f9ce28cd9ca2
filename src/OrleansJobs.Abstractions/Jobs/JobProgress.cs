namespace OrleansJobs;

/// <summary>How far a running job says it is.</summary>
/// <param name="Fraction">From 0 (nothing done) to 1 (all done).</param>
/// <param name="Message">What it is doing, at most <see cref="JobLimits.MaxProgressMessageLength"/> characters.</param>
/// <param name="ReportedAt">When it said so.</param>
public sealed record JobProgress(double Fraction, string? Message, DateTimeOffset ReportedAt);
