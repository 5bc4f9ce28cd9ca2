using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Telemetry;

/// <summary>Where telemetry goes: the configuration section <see cref="Section"/>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "JobGrid:Telemetry";

    /// <summary>The longest <see cref="ServiceName"/>, in characters.</summary>
    public const int MaxServiceNameLength = 200;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromHours(1);

    /// <summary>
    /// The OTLP endpoint of a collector, such as <c>http://127.0.0.1:4317</c>; the paths of signals are added for <c>http/protobuf</c>. Empty by
    /// default: then <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> counts, and without that nothing is exported.
    /// </summary>
    public string Endpoint { get; set; } = "";

    /// <summary><c>grpc</c> or <c>http/protobuf</c>. Empty by default: <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> counts, or else <c>grpc</c>.</summary>
    public string Protocol { get; set; } = "";

    /// <summary>Headers of the export as <c>name=value</c>, parted by commas, such as a collector's key. Empty by default:
    /// <c>OTEL_EXPORTER_OTLP_HEADERS</c> counts.</summary>
    public string Headers { get; set; } = "";

    /// <summary>Whether spans are exported; true by default.</summary>
    public bool Traces { get; set; } = true;

    /// <summary>Whether measures are exported; true by default.</summary>
    public bool Metrics { get; set; } = true;

    /// <summary>The share of traces that are recorded, from 0 to 1; 1 by default. A trace that begins elsewhere is recorded if it is there.</summary>
    public double SampleRatio { get; set; } = 1;

    /// <summary>How often measures are exported, from 1 second to 1 hour; 15 seconds by default.</summary>
    public TimeSpan MetricsPeriod { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the last export at the end of the process may take, from 0 to 1 minute; 5 seconds by default.</summary>
    public TimeSpan FlushTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The service that spans and measures are of; <c>orleansjobs</c> by default. <c>OTEL_SERVICE_NAME</c> goes before the default.</summary>
    public string ServiceName { get; set; } = "";

    /// <summary>Whether measures are kept for <c>/metrics</c>; true by default.</summary>
    public bool Prometheus { get; set; } = true;

    /// <summary>
    /// How many series one metric may have, from 10 to 100,000; 1,000 by default. Measures of further ones go to a series of their own, tagged
    /// <c>otel.metric.overflow</c>.
    /// </summary>
    public int MaxSeriesPerMetric { get; set; } = 1_000;

    internal List<string> ReadFaults { get; } = [];

    /// <summary>What is wrong with the options, each fault in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [.. ReadFaults];
        Require(faults, Endpoint.Length == 0 || IsEndpoint(Endpoint), nameof(Endpoint), Endpoint, "http(s)://host:port, with a path or without");
        Require(faults, Protocol is "" or "grpc" or "http/protobuf", nameof(Protocol), Protocol, "grpc or http/protobuf");
        Require(faults, Headers.Split(',').All(header => header.Trim().Length == 0 || header.IndexOf('=') > 0), nameof(Headers), "…", "name=value, parted by commas");
        Require(faults, SampleRatio is >= 0 and <= 1, nameof(SampleRatio), SampleRatio, "0 to 1");
        Require(faults, MetricsPeriod >= ShortestPeriod && MetricsPeriod <= LongestPeriod, nameof(MetricsPeriod), MetricsPeriod, "00:00:01 to 01:00:00");
        Require(faults, FlushTimeout >= TimeSpan.Zero && FlushTimeout <= TimeSpan.FromMinutes(1), nameof(FlushTimeout), FlushTimeout, "00:00:00 to 00:01:00");
        Require(faults, ServiceName.Length <= MaxServiceNameLength, nameof(ServiceName), $"{ServiceName.Length} characters long", $"up to {MaxServiceNameLength}");
        Require(faults, MaxSeriesPerMetric is >= 10 and <= 100_000, nameof(MaxSeriesPerMetric), MaxSeriesPerMetric, "10 to 100000");
        return faults;
    }

    /// <summary>What is wrong with the options in a configuration; each fault in a sentence.</summary>
    public static IReadOnlyList<string> Validate(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Read(configuration).Validate();
    }

    internal static TelemetryOptions Read(IConfiguration configuration)
    {
        var options = new TelemetryOptions();
        new TelemetryConfiguration(configuration).Configure(options);
        return options;
    }

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static void Require(List<string> faults, bool holds, string key, object value, string allowed)
    {
        if (!holds)
        {
            faults.Add(FormattableString.Invariant($"{Section}:{key} is '{value}'; allowed is {allowed}."));
        }
    }
}
