namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>What Prometheus makes of an instrument.</summary>
internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}
