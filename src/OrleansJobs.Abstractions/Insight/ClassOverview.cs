namespace OrleansJobs;

/// <summary>A job class at a glance.</summary>
/// <param name="Status">How it stands: limits, counts, pools.</param>
/// <param name="History">What it did in the last 15 minutes, and where its bottleneck is.</param>
public sealed record ClassOverview(JobClassStatus Status, JobClassHistory History);
