namespace OrleansJobs;

/// <summary>One bar of a latency histogram.</summary>
/// <param name="From">The shortest time that it counts.</param>
/// <param name="Below">The time that is too long for it.</param>
/// <param name="Count">How many were measured in between.</param>
public sealed record LatencyBucket(TimeSpan From, TimeSpan Below, long Count);
