using OrleansJobs.Diagnostics;

namespace OpenTelemetry.Metrics;

/// <summary>Adds the grid's measures to an application's own OpenTelemetry.</summary>
public static class OrleansJobsMeterProviderBuilderExtensions
{
    /// <summary>Keeps the measures of the grid: what classes have waiting and running, how long jobs wait and run, what is submitted and ends.</summary>
    /// <param name="builder">The application's measures.</param>
    public static MeterProviderBuilder AddOrleansJobsInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(JobsTelemetry.Name);
    }
}
