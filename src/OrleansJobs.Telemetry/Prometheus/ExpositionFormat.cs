namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>The two text formats that Prometheus reads.</summary>
internal enum ExpositionFormat
{
    /// <summary>Prometheus' own, version 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetrics,
}
