using System.Globalization;
using System.Text;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>Writes metrics in one of the text formats.</summary>
internal sealed class Exposition(ExpositionFormat format)
{
    private readonly StringBuilder _text = new(16 * 1024);

    private bool IsOpen => format == ExpositionFormat.OpenMetrics;

    /// <summary>All metrics, then what the process is, and what was dropped.</summary>
    public string Write(MetricStore store, string service)
    {
        foreach (var family in store.Families.Where(family => family.Series.Count > 0))
        {
            Write(family);
        }

        WriteOwn(
            "orleansjobs_metrics_dropped", MetricKind.Counter, "Measures for which there was no room: see JobGrid:Telemetry:MaxSeriesPerMetric.", "", store.Dropped);
        WriteOwn(
            "orleansjobs_metrics_series", MetricKind.Gauge, "Series that are kept for this page.", "", store.Families.Sum(family => family.Series.Count));
        WriteOwn("target_info", MetricKind.Gauge, "What this process is.", $"service_name=\"{LabelText.Escape(service)}\"", 1);
        if (IsOpen)
        {
            _text.Append("# EOF\n");
        }

        return _text.ToString();
    }

    private void Write(MetricFamily family)
    {
        Head(family.Name, family.Kind, family.Help, family.Unit);
        foreach (var series in family.Series.OrderBy(one => one.Labels, StringComparer.Ordinal))
        {
            if (family.Kind == MetricKind.Histogram)
            {
                WriteBuckets(family, series);
            }
            else
            {
                Sample(family.Name + SuffixOf(family.Kind), series.Labels, Number(series.Read().Value));
            }
        }
    }

    private void WriteBuckets(MetricFamily family, Series series)
    {
        var (sum, buckets) = series.Read();
        var count = 0L;
        for (var index = 0; index < buckets.Length; index++)
        {
            count += buckets[index];
            var bound = index < family.Bounds.Length ? Bound(family.Bounds[index]) : "+Inf";
            var labels = series.Labels.Length == 0 ? "" : series.Labels + ",";
            Sample(family.Name + "_bucket", $"{labels}le=\"{bound}\"", count.ToString(CultureInfo.InvariantCulture));
        }

        Sample(family.Name + "_sum", series.Labels, Number(sum));
        Sample(family.Name + "_count", series.Labels, count.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteOwn(string name, MetricKind kind, string help, string labels, double value)
    {
        Head(name, kind, help, null);
        Sample(name + SuffixOf(kind), labels, Number(value));
    }

    /// <summary>OpenMetrics names a counter without its suffix here; the older format knows only names of samples.</summary>
    private void Head(string name, MetricKind kind, string help, string? unit)
    {
        var shown = IsOpen ? name : name + SuffixOf(kind);
        if (help.Length > 0)
        {
            _text.Append("# HELP ").Append(shown).Append(' ').Append(LabelText.EscapeHelp(help, quotes: IsOpen)).Append('\n');
        }

        _text.Append("# TYPE ").Append(shown).Append(' ').Append(WordOf(kind)).Append('\n');
        if (IsOpen && unit is not null)
        {
            _text.Append("# UNIT ").Append(shown).Append(' ').Append(unit).Append('\n');
        }
    }

    private void Sample(string name, string labels, string value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(value).Append('\n');
    }

    private static string SuffixOf(MetricKind kind) => kind == MetricKind.Counter ? "_total" : "";

    private static string WordOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>OpenMetrics wants the same text for the same bound everywhere, with a point in it.</summary>
    private string Bound(double bound)
    {
        var text = Number(bound);
        return IsOpen && text.AsSpan().IndexOfAny('.', 'E', 'I') < 0 ? text + ".0" : text;
    }
}
