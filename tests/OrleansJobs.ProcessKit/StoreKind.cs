namespace OrleansJobs.ProcessKit;

/// <summary>Where a grid keeps its jobs.</summary>
public enum StoreKind
{
    /// <summary>In a SQLite file.</summary>
    Sqlite,

    /// <summary>In a PostgreSQL database.</summary>
    Postgres,
}
