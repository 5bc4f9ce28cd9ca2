using OrleansJobs.Diagnostics;

namespace OpenTelemetry.Trace;

/// <summary>Adds the grid's spans to an application's own OpenTelemetry.</summary>
public static class OrleansJobsTracerProviderBuilderExtensions
{
    /// <summary>Records the spans of jobs: submits, waits, attempts, starts and acks.</summary>
    /// <param name="builder">The application's traces.</param>
    public static TracerProviderBuilder AddOrleansJobsInstrumentation(this TracerProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddSource(JobsTelemetry.Name);
    }
}
