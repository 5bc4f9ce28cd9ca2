namespace OrleansJobs.Http;

/// <summary>All job classes at a glance.</summary>
/// <param name="At">When that was.</param>
/// <param name="Classes">The classes, by name.</param>
public sealed record Overview(DateTimeOffset At, IReadOnlyList<ClassOverview> Classes);
