namespace OrleansJobs.TestKit.Foreign;

/// <summary>Where a listener to telemetry throws.</summary>
public enum ListenFault
{
    Measure,
    Sample,
    SpanStart,
    SpanEnd,
}
