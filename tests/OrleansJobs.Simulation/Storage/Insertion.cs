namespace OrleansJobs.Simulation.Storage;

/// <summary>What became of an insert.</summary>
internal enum InsertionOutcome
{
    Inserted,
    IdTaken,
    KeyTaken,
}

/// <summary>What became of an insert, and which job it is about.</summary>
internal readonly record struct Insertion(InsertionOutcome Outcome, JobId Id);
