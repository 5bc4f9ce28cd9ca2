using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansJobs.Diagnostics;

/// <summary>
/// Where the telemetry of the whole grid comes from, whatever process a part of it runs in: one meter, one activity source. What they give is
/// listed in docs/telemetry.md.
/// </summary>
public static class JobsTelemetry
{
    /// <summary>The name of the meter and of the activity source, to listen to.</summary>
    public const string Name = "OrleansJobs";

    private static readonly string? Version = typeof(JobsTelemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>Makes the spans of the grid.</summary>
    public static ActivitySource Source { get; } = new(Name, Version);

    /// <summary>Makes the instruments of the grid. Measures are tagged with <see cref="JobsTags.JobClass"/>, never with a job.</summary>
    public static Meter Meter { get; } = new(Name, Version);

    /// <summary>
    /// Bounds of histograms of durations, in seconds: from a job that takes a millisecond to one that takes hours. They are advice to
    /// whoever collects.
    /// </summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200],
    };
}
