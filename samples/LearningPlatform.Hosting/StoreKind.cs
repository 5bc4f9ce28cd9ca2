namespace LearningPlatform.Hosting;

/// <summary>Where a host's jobs are durable.</summary>
public enum StoreKind
{
    /// <summary>A SQLite file; one process.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database; any number of silos, or one process of the embedded engine.</summary>
    Postgres,
}
