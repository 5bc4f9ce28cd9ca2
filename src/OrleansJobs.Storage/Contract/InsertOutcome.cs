namespace OrleansJobs.Storage;

/// <summary>What became of an insert.</summary>
/// <param name="Status">What.</param>
/// <param name="Id">The job that is there now: the new one, or the one that was there already.</param>
public readonly record struct InsertOutcome(InsertStatus Status, JobId Id);
