namespace OrleansJobs;

/// <summary>A job class at a glance.</summary>
/// <param name="Status">How it stands: limits, counts, pools.</param>
/// <param name="History">What it did in the last 15 minutes, and where its bottleneck is.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record ClassOverview([property: Id(0)] JobClassStatus Status, [property: Id(1)] JobClassHistory History);
