using System.Text;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>Names of metrics and labels by OpenTelemetry's rules for Prometheus: legal characters, units in full, the suffix of counters.</summary>
internal static class MetricNames
{
    private const string Total = "_total";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds", ["us"] = "microseconds", ["ns"] = "nanoseconds",
        ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes",
        ["kBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes",
        ["%"] = "percent", ["Hz"] = "hertz", ["Cel"] = "celsius", ["m"] = "meters", ["V"] = "volts", ["A"] = "amperes", ["J"] = "joules", ["W"] = "watts",
        ["g"] = "grams",
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second", ["min"] = "minute", ["h"] = "hour", ["d"] = "day", ["w"] = "week", ["mo"] = "month", ["y"] = "year", ["m"] = "meter",
    };

    /// <summary>The metric's name without the suffix of counters.</summary>
    public static string Of(string name, string? unit, MetricKind kind)
    {
        var legal = Legal(name, colons: true);
        if (kind == MetricKind.Counter && legal.EndsWith(Total, StringComparison.Ordinal))
        {
            legal = legal[..^Total.Length];
        }

        var suffix = UnitOf(unit, kind);
        return suffix is null || legal == suffix || legal.EndsWith("_" + suffix, StringComparison.Ordinal) ? legal : $"{legal}_{suffix}";
    }

    /// <summary>The unit in full, as it ends a name; null if there is none to tell.</summary>
    public static string? UnitOf(string? unit, MetricKind kind)
    {
        if (string.IsNullOrWhiteSpace(unit) || (unit[0] == '{' && !unit.Contains('/', StringComparison.Ordinal)))
        {
            return null;
        }

        if (unit == "1")
        {
            return kind == MetricKind.Gauge ? "ratio" : null;
        }

        var parts = unit.Split('/', 2);
        var first = InFull(parts[0], Units);
        if (parts.Length == 1)
        {
            return first;
        }

        var per = InFull(parts[1], PerUnits);
        return (first, per) switch
        {
            (_, null) => first,
            (null, _) => "per_" + per,
            _ => $"{first}_per_{per}",
        };
    }

    /// <summary>A label's name.</summary>
    public static string Label(string key) => Legal(key, colons: false);

    private static string? InFull(string unit, Dictionary<string, string> known)
    {
        var bare = unit.IndexOf('{') is var brace and >= 0 ? unit[..brace] : unit;
        return bare.Length == 0 ? null : known.TryGetValue(bare, out var word) ? word : Legal(bare, colons: false).Trim('_') is { Length: > 0 } legal ? legal : null;
    }

    /// <summary>What is not legal becomes an underscore; runs of them become one, and none begins with a digit.</summary>
    private static string Legal(string text, bool colons)
    {
        var legal = new StringBuilder(text.Length + 1);
        foreach (var character in text)
        {
            var keep = char.IsAsciiLetterOrDigit(character) || (colons && character == ':');
            if (keep)
            {
                if (legal.Length == 0 && char.IsAsciiDigit(character))
                {
                    legal.Append('_');
                }

                legal.Append(character);
            }
            else if (legal.Length == 0 || legal[^1] != '_')
            {
                legal.Append('_');
            }
        }

        return legal.Length == 0 ? "_" : legal.ToString();
    }
}
