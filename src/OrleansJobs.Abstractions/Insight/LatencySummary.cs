namespace OrleansJobs;

/// <summary>How long something took, over the jobs of some time. Quantiles are right to about 6 %.</summary>
/// <param name="Count">How many were measured; with none, all times are zero.</param>
/// <param name="Mean">The mean.</param>
/// <param name="P50">Half took at most this long.</param>
/// <param name="P95">95 % took at most this long.</param>
/// <param name="P99">99 % took at most this long.</param>
/// <param name="Max">The longest.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record LatencySummary(
    [property: Id(0)] long Count, [property: Id(1)] TimeSpan Mean, [property: Id(2)] TimeSpan P50, [property: Id(3)] TimeSpan P95,
    [property: Id(4)] TimeSpan P99, [property: Id(5)] TimeSpan Max);
