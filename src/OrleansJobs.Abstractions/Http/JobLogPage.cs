namespace OrleansJobs.Http;

/// <summary>A page of a job's log.</summary>
/// <param name="Lines">Lines in order; empty when there are none after those that were read.</param>
/// <param name="Next">Where to read on: the last line's sequence, or what was asked for when there is none.</param>
public sealed record JobLogPage(IReadOnlyList<JobLogLine> Lines, long Next);
