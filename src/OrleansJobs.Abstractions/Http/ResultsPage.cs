namespace OrleansJobs.Http;

/// <summary>A page of a class's results queue.</summary>
/// <param name="Results">Finished jobs in order; empty when there are none yet.</param>
/// <param name="After">Where to read on: the last entry's sequence, or what was asked for when there is none.</param>
public sealed record ResultsPage(IReadOnlyList<FinishedJob> Results, long After);
