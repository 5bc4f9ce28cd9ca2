using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Telemetry;

/// <summary>Reads the options from a configuration; what cannot be read, and what is not known, becomes a fault.</summary>
internal sealed class TelemetryConfiguration(IConfiguration configuration)
{
    private static readonly Dictionary<string, Func<TelemetryOptions, string, bool>> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(TelemetryOptions.Endpoint)] = Text((options, text) => options.Endpoint = text),
        [nameof(TelemetryOptions.Protocol)] = Text((options, text) => options.Protocol = text),
        [nameof(TelemetryOptions.Headers)] = Text((options, text) => options.Headers = text),
        [nameof(TelemetryOptions.ServiceName)] = Text((options, text) => options.ServiceName = text),
        [nameof(TelemetryOptions.Traces)] = Of<bool>(bool.TryParse, (options, value) => options.Traces = value),
        [nameof(TelemetryOptions.Metrics)] = Of<bool>(bool.TryParse, (options, value) => options.Metrics = value),
        [nameof(TelemetryOptions.Prometheus)] = Of<bool>(bool.TryParse, (options, value) => options.Prometheus = value),
        [nameof(TelemetryOptions.SampleRatio)] = Of<double>(TryNumber, (options, value) => options.SampleRatio = value),
        [nameof(TelemetryOptions.MaxSeriesPerMetric)] = Of<int>(TryNumber, (options, value) => options.MaxSeriesPerMetric = value),
        [nameof(TelemetryOptions.MetricsPeriod)] = Of<TimeSpan>(JobDuration.TryParse, (options, value) => options.MetricsPeriod = value),
        [nameof(TelemetryOptions.FlushTimeout)] = Of<TimeSpan>(JobDuration.TryParse, (options, value) => options.FlushTimeout = value),
    };

    private delegate bool TryParse<T>(string text, out T value);

    public void Configure(TelemetryOptions options)
    {
        foreach (var child in configuration.GetSection(TelemetryOptions.Section).GetChildren())
        {
            if (!Keys.TryGetValue(child.Key, out var read))
            {
                options.ReadFaults.Add(UnknownName.Fault(TelemetryOptions.Section, child.Key, Keys.Keys));
            }
            else if (child.GetChildren().Any() || (child.Value is { Length: > 0 } text && !read(options, text)))
            {
                options.ReadFaults.Add($"{child.Path} is '{child.Value}', which cannot be read.");
            }
        }
    }

    private static Func<TelemetryOptions, string, bool> Text(Action<TelemetryOptions, string> set) => (options, text) =>
    {
        set(options, text.Trim());
        return true;
    };

    private static Func<TelemetryOptions, string, bool> Of<T>(TryParse<T> parse, Action<TelemetryOptions, T> set) => (options, text) =>
    {
        var valid = parse(text, out var value);
        if (valid)
        {
            set(options, value);
        }

        return valid;
    };

    private static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryNumber(string text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);
}
