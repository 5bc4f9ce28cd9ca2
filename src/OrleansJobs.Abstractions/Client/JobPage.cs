namespace OrleansJobs;

/// <summary>
/// A page of a listing, newest job first. It looks at <see cref="JobLimits.MaxRowsExamined"/> jobs at most, so it may have fewer jobs than
/// were asked for, even none, although there are more: only the cursor tells.
/// </summary>
/// <param name="Jobs">The jobs, without payload, result, ended attempts and stacks.</param>
/// <param name="NextCursor">Where the next page starts; null when this is the last.</param>
public sealed record JobPage(IReadOnlyList<JobSnapshot> Jobs, string? NextCursor);
