namespace OrleansJobs.Aspire;

/// <summary>
/// How a silo or a client of a grid is set up: the configuration section <see cref="Section"/>, and below it one with the name of the connection,
/// which goes before.
/// </summary>
public sealed class OrleansJobsSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Aspire:OrleansJobs";

    /// <summary>The PostgreSQL database of the grid, for Npgsql. <c>ConnectionStrings:{name}</c>, which an app host sets, goes before.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The schema of the grid's tables, the same one for silos and clients; null, the default, for the first one of the connection's search path.
    /// </summary>
    public string? Schema { get; set; }

    /// <summary>Whether the health checks are left as they are; false by default: one is added, which asks the grid for its classes.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether the spans of jobs are kept out of the application's traces; false by default.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether the measures of jobs are kept out of the application's metrics; false by default.</summary>
    public bool DisableMetrics { get; set; }
}
