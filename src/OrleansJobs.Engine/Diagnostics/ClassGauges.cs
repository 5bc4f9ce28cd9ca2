using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Diagnostics;

/// <summary>
/// The gauges of the classes whose dispatcher is in this process, so that each class is told of once in a cluster and sums are right. Their
/// figures come from the counters that the store and the dispatchers keep; they are read every few seconds as long as somebody looks at the
/// gauges, and not at all when nobody does.
/// </summary>
internal sealed partial class ClassGauges : IDisposable
{
    /// <summary>How old figures may be while somebody looks.</summary>
    public static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Nobody has looked for this long: the reading stops.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The gauges of all grids of this process: instruments are the process's, and cannot be taken back.</summary>
    private static readonly ConcurrentDictionary<ClassGauges, byte> All = new();

    private static readonly ObservableGauge<long> Backlog = Gauge("backlog", "{job}", "Jobs that are due and wait.", status => status.Counts.Queued);

    private readonly ConcurrentDictionary<string, JobClassStatus?> _classes = new(StringComparer.Ordinal);
    private readonly IJobStore _store;
    private readonly IDispatchers _dispatchers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private long _lookedAt;
    private int _reading;
    private int _awake;

    static ClassGauges()
    {
        Gauge("scheduled", "{job}", "Jobs that wait for their due time or for their next attempt.", status => status.Counts.Scheduled + status.Counts.Retrying);
        Gauge("running", "{job}", "Slots that are taken.", status => status.Pools.Sum(pool => pool.Running));
        Gauge("permits", "{slot}", "Slots that there are, on all silos.", status => status.Pools.Sum(pool => pool.Permits));
        Gauge("silos", "{silo}", "Silos that take jobs of the class.", status => status.Pools.Count(pool => !pool.Draining));
        Gauge("dead_letters", "{job}", "Kept jobs that were dead-lettered.", status => status.Counts.DeadLettered);
        Gauge("paused", "{class}", "1 while nothing new is started.", status => status.Settings.Paused ? 1 : 0);
    }

    public ClassGauges(IJobStore store, IDispatchers dispatchers, TimeProvider time, ILogger<ClassGauges> logger)
    {
        (_store, _dispatchers, _time, _logger) = (store, dispatchers, time, logger.Contained());
        _timer = time.CreateOwnedTimer("The reading of the classes' gauges", OnTimer, _logger);
        All.TryAdd(this, 0);
    }

    /// <summary>The dispatcher of the class is here now.</summary>
    public void Began(string jobClass)
    {
        _classes[jobClass] = null;
        EngineTelemetry.Begin(jobClass);
        if (Backlog.Enabled)
        {
            Look();
        }
    }

    /// <summary>The dispatcher of the class is not here any more.</summary>
    public void Ended(string jobClass) => _classes.TryRemove(jobClass, out _);

    public void Dispose()
    {
        All.TryRemove(this, out _);
        _timer.Dispose();
    }

    private static ObservableGauge<long> Gauge(string name, string unit, string description, Func<JobClassStatus, long> value) =>
        JobsTelemetry.Meter.CreateObservableGauge("orleansjobs.class." + name, () => All.Keys.SelectMany(gauges => gauges.Observe(value)), unit, description);

    private IEnumerable<Measurement<long>> Observe(Func<JobClassStatus, long> value)
    {
        Look();
        return _classes.Values.OfType<JobClassStatus>()
            .Select(status => new Measurement<long>(value(status), new KeyValuePair<string, object?>(JobsTags.JobClass, status.JobClass)));
    }

    private void Look()
    {
        Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        if (Interlocked.Exchange(ref _awake, 1) == 0)
        {
            _timer.Change(TimeSpan.Zero, RefreshPeriod);
        }
    }

    private void OnTimer()
    {
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) > Patience)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _awake, 0);
        }
        else if (Interlocked.Exchange(ref _reading, 1) == 0)
        {
            ReadAsync().Own("The reading of the classes' gauges", _logger);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var here = _classes.Keys.ToArray();
            var counts = here.Length == 0 ? null : await _store.CountAsync();
            foreach (var jobClass in here)
            {
                var status = ClassCounts.Complete(await _dispatchers.GetStatusAsync(jobClass), counts!);

                // Unless it has left meanwhile.
                _classes.TryUpdate(jobClass, status, _classes.GetValueOrDefault(jobClass));
            }
        }
        catch (Exception exception)
        {
            LogNotRead(_logger, exception);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The figures of the classes could not be read; the gauges stay as they are.")]
    private static partial void LogNotRead(ILogger logger, Exception exception);
}
