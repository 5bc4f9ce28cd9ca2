namespace OrleansJobs.Storage;

/// <summary>What became of an insert.</summary>
public enum InsertStatus
{
    /// <summary>The job is new and durable.</summary>
    Inserted,

    /// <summary>A job with this id is there already; nothing was written.</summary>
    IdTaken,

    /// <summary>Another job of the class has the unique key; nothing was written.</summary>
    UniqueKeyTaken,
}
