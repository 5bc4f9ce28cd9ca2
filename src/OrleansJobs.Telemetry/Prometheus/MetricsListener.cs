using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>Keeps what the known meters measure, from the start of the host on, and has it written when somebody scrapes.</summary>
internal sealed partial class MetricsListener : IHostedLifecycleService, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSink> _sinks = new();
    private readonly MeterListener _listener = new();
    private readonly HashSet<string> _meters = new([JobsTelemetry.Name, .. KnownSources.Meters], StringComparer.Ordinal);
    private readonly MetricStore _store;
    private readonly string _service;
    private readonly ILogger _logger;
    private long _round;

    public MetricsListener(MetricStore store, Export.ExportPlan plan, ILogger<MetricsListener> logger)
    {
        (_store, _service, _logger) = (store, plan.Service, logger);
        _listener.InstrumentPublished = Listen;
        _listener.MeasurementsCompleted = (instrument, _) => _sinks.TryRemove(instrument, out InstrumentSink? _);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, sink) => Record(value, tags, sink));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, sink) => Record(value, tags, sink));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, sink) => Record(value, tags, sink));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, sink) => Record(value, tags, sink));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, sink) => Record(value, tags, sink));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, sink) => Record(value, tags, sink));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, sink) => Record((double)value, tags, sink));
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All metrics as they are now, in the format that was asked for.</summary>
    public string Collect(ExpositionFormat format)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _round);
            Observe();
            foreach (var sink in _sinks.Values)
            {
                sink.Sweep(_round);
            }

            return new Exposition(format).Write(_store, _service);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        try
        {
            _listener.RecordObservableInstruments();
        }
#pragma warning disable CA1031 // An instrument of somebody else may throw anything; the others have been told of by then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogObserveFailed(_logger, exception);
        }
    }

    private void Listen(Instrument instrument, MeterListener listener)
    {
        if (!_meters.Contains(instrument.Meter.Name))
        {
            return;
        }

        if (_store.Open(instrument) is { } sink)
        {
            _sinks[instrument] = sink;
            listener.EnableMeasurementEvents(instrument, sink);
        }
        else
        {
            LogLeftOut(_logger, instrument.Name, instrument.Meter.Name);
        }
    }

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? sink)
    {
        if (sink is InstrumentSink known && !known.Record(value, tags, Volatile.Read(ref _round)))
        {
            LogDrops(_logger, known.Family.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Some instruments could not be observed.")]
    private static partial void LogObserveFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The instrument {Instrument} of {Meter} is left out at /metrics: its name is that of another kind of metric, or there are too many.")]
    private static partial void LogLeftOut(ILogger logger, string instrument, string meter);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The metric {Metric} has more series than JobGrid:Telemetry:MaxSeriesPerMetric allows; measures of further ones are dropped and counted.")]
    private static partial void LogDrops(ILogger logger, string metric);
}
