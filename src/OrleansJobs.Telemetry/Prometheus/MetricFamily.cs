using System.Collections.Concurrent;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>A metric: its name, and its series, of which there is room for so many.</summary>
internal sealed class MetricFamily(string name, string? unit, string help, MetricKind kind, double[] bounds, int maxSeries)
{
    private readonly ConcurrentDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private long _dropped;

    /// <summary>The name without the suffix of counters.</summary>
    public string Name => name;

    /// <summary>The unit that the name ends in, if it does.</summary>
    public string? Unit => unit;

    public string Help => help;

    public MetricKind Kind => kind;

    public double[] Bounds => bounds;

    public IReadOnlyCollection<Series> Series => (IReadOnlyCollection<Series>)_series.Values;

    /// <summary>Measures that found no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The series of these labels; null if there is no room for another one.</summary>
    public Series? Take(string labels)
    {
        if (_series.TryGetValue(labels, out var known))
        {
            return known;
        }

        lock (_series)
        {
            return _series.Count < maxSeries ? _series.GetOrAdd(labels, text => new Series(text, kind == MetricKind.Histogram ? bounds : null)) : null;
        }
    }

    /// <summary>Takes a series away that is not observed any more.</summary>
    public void Forget(Series series) => _series.TryRemove(series.Labels, out _);

    /// <summary>Counts a measure that found no room.</summary>
    /// <returns>Whether it is the first one.</returns>
    public bool Drop() => Interlocked.Increment(ref _dropped) == 1;
}
