using System.Globalization;
using System.Text;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>Labels as they are written: in order of their names, escaped, each name once.</summary>
internal static class LabelText
{
    /// <summary>Such as <c>class="email",state="queued"</c>; empty for no tags.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, object?>> tags)
    {
        var labels = tags
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .GroupBy(tag => MetricNames.Label(tag.Key), tag => ValueOf(tag.Value), StringComparer.Ordinal)
            .OrderBy(label => label.Key, StringComparer.Ordinal);

        // Keys that are the same once they are legal share a label, as OpenTelemetry's rules have it.
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{Escape(string.Join(';', label))}\""));
    }

    /// <summary>Text of a label's value.</summary>
    public static string Escape(string text) => text.AsSpan().IndexOfAny('\\', '"', '\n') < 0
        ? text
        : new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").ToString();

    /// <summary>Text of a description: quotes are escaped by OpenMetrics only.</summary>
    public static string EscapeHelp(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string ValueOf(object? value) => value switch
    {
        null => "",
        true => "true",
        false => "false",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        Array array => string.Join(',', array.Cast<object?>().Select(ValueOf)),
        _ => value.ToString() ?? "",
    };
}
