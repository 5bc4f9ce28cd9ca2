namespace OrleansJobs;

/// <summary>How long something took, over the jobs of some time. Quantiles are right to about 6 %.</summary>
/// <param name="Count">How many were measured; with none, all times are zero.</param>
/// <param name="Mean">The mean.</param>
/// <param name="P50">Half took at most this long.</param>
/// <param name="P95">95 % took at most this long.</param>
/// <param name="P99">99 % took at most this long.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencySummary(long Count, TimeSpan Mean, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Max);
