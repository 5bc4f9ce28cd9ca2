namespace OrleansJobs.Silo;

/// <summary>Where the silo's jobs are durable.</summary>
internal enum StoreKind
{
    /// <summary>A SQLite file; one silo.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database; any number of silos.</summary>
    Postgres,
}
