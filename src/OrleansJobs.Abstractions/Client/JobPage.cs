namespace OrleansJobs;

/// <summary>A page of a listing, newest job first.</summary>
/// <param name="Jobs">The jobs, without payload, result, ended attempts and stacks.</param>
/// <param name="NextCursor">Where the next page starts; null when this is the last.</param>
public sealed record JobPage(IReadOnlyList<JobSnapshot> Jobs, string? NextCursor);
