using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.TestKit.Foreign;

/// <summary>Listens to all that the grid measures and traces, and throws at one thing; in the flow of the test that made it alone.</summary>
public sealed class HostileListener : IDisposable
{
    private readonly AsyncLocal<bool> _isMine = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _spans;
    private int _thrown;

    public HostileListener(ListenFault fault)
    {
        _isMine.Value = true;
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == JobsTelemetry.Name && fault != ListenFault.Measure,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
            {
                Throw(fault == ListenFault.Sample);
                return _isMine.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None;
            },
            ActivityStarted = _ => Throw(fault == ListenFault.SpanStart),
            ActivityStopped = _ => Throw(fault == ListenFault.SpanEnd),
        };
        if (fault == ListenFault.Measure)
        {
            ListenToMeters();
        }

        ActivitySource.AddActivityListener(_spans);
    }

    /// <summary>How often it threw.</summary>
    public int Thrown => Volatile.Read(ref _thrown);

    public void Dispose()
    {
        _spans.Dispose();
        _meters.Dispose();
    }

    private void ListenToMeters()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == JobsTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, _, _, _) => Throw(true));
        _meters.SetMeasurementEventCallback<double>((_, _, _, _) => Throw(true));
        _meters.Start();
    }

    private void Throw(bool now)
    {
        if (now && _isMine.Value)
        {
            Interlocked.Increment(ref _thrown);
            throw new InvalidOperationException("the listener's collector is gone");
        }
    }
}
