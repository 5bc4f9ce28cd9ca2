using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>The metrics of this process, as instruments appear.</summary>
/// <param name="maxSeriesPerMetric">Series that one metric may have.</param>
internal sealed class MetricStore(int maxSeriesPerMetric)
{
    /// <summary>Metrics that are kept; instruments beyond are left out.</summary>
    public const int MaxMetrics = 2_000;

    /// <summary>Seconds, as OpenTelemetry advises for the duration of calls.</summary>
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private static readonly double[] Plain = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    /// <summary>The metrics in order of their names.</summary>
    public IEnumerable<MetricFamily> Families => _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal);

    /// <summary>Measures for which there was no room.</summary>
    public long Dropped => _families.Values.Sum(family => family.Dropped);

    /// <summary>The sink of an instrument. Null if it cannot be kept: its name is taken by another kind of metric, or there is no room.</summary>
    public InstrumentSink? Open(Instrument instrument)
    {
        if (KindOf(instrument) is not { } known)
        {
            return null;
        }

        var (kind, isSet) = known;
        var name = MetricNames.Of(instrument.Name, instrument.Unit, kind);
        if (_families.Count >= MaxMetrics && !_families.ContainsKey(name))
        {
            return null;
        }

        var family = _families.GetOrAdd(name, _ => new MetricFamily(
            name, MetricNames.UnitOf(instrument.Unit, kind), instrument.Description ?? "", kind, BoundsOf(instrument), maxSeriesPerMetric));
        return family.Kind == kind ? new InstrumentSink(family, instrument.Meter.Name, instrument.IsObservable, isSet) : null;
    }

    private static (MetricKind Kind, bool IsSet)? KindOf(Instrument instrument) => GenericName(instrument) switch
    {
        "Counter`1" => (MetricKind.Counter, false),
        "ObservableCounter`1" => (MetricKind.Counter, true),
        "UpDownCounter`1" => (MetricKind.Gauge, false),
        "ObservableUpDownCounter`1" or "ObservableGauge`1" or "Gauge`1" => (MetricKind.Gauge, true),
        "Histogram`1" => (MetricKind.Histogram, false),
        _ => null,
    };

    private static string GenericName(Instrument instrument) => instrument.GetType().Name;

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> histogram => Advised(histogram.Advice, instrument),
        Histogram<float> histogram => Advised(histogram.Advice, instrument),
        Histogram<long> histogram => Advised(histogram.Advice, instrument),
        Histogram<int> histogram => Advised(histogram.Advice, instrument),
        _ => Standard(instrument),
    };

    private static double[] Advised<T>(InstrumentAdvice<T>? advice, Instrument instrument) where T : struct =>
        advice?.HistogramBucketBoundaries is { Count: > 0 } bounds
            ? [.. bounds.Select(bound => Convert.ToDouble(bound, System.Globalization.CultureInfo.InvariantCulture))]
            : Standard(instrument);

    private static double[] Standard(Instrument instrument) => instrument.Unit == "s" ? Seconds : Plain;
}
