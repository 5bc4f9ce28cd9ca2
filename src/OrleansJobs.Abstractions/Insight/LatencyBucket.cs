namespace OrleansJobs;

/// <summary>One bar of a latency histogram.</summary>
/// <param name="From">The shortest time that it counts.</param>
/// <param name="Below">The time that is too long for it.</param>
/// <param name="Count">How many were measured in between.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record LatencyBucket([property: Id(0)] TimeSpan From, [property: Id(1)] TimeSpan Below, [property: Id(2)] long Count);
