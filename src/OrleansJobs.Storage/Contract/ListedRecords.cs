using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Storage;

/// <summary>A part of a listing.</summary>
/// <param name="Jobs">The jobs that fit, newest first; maybe none.</param>
/// <param name="Next">Before which place to go on; null if there is nothing more to look at.</param>
public sealed record ListedRecords(IReadOnlyList<JobRecord> Jobs, ListPosition? Next);
