using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;

namespace OrleansJobs.Telemetry.Export;

/// <summary>What is exported, and where to.</summary>
internal sealed record ExportPlan
{
    private const string DefaultService = "orleansjobs";

    /// <summary>The collector; null when nothing is exported.</summary>
    public Uri? Endpoint { get; private init; }

    public bool IsHttp { get; private init; }

    public required TelemetryOptions Options { get; init; }

    /// <summary>The service's name: as it is configured, as OpenTelemetry's variable says, or ours.</summary>
    public required string Service { get; init; }

    /// <summary>Whether spans are exported.</summary>
    public bool Traces => Endpoint is not null && Options.Traces;

    /// <summary>Whether measures are exported.</summary>
    public bool Metrics => Endpoint is not null && Options.Metrics;

    /// <summary>Reads OpenTelemetry's variables beside the options, which go before them.</summary>
    /// <exception cref="InvalidOptionsException">A variable is not valid.</exception>
    public static ExportPlan Of(TelemetryOptions options, IConfiguration configuration)
    {
        var endpoint = FirstOf(options.Endpoint, configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var protocol = FirstOf(options.Protocol, configuration["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Uri? uri = null;
        if (endpoint is not null && !Uri.TryCreate(endpoint, UriKind.Absolute, out uri))
        {
            throw new InvalidOptionsException([$"OTEL_EXPORTER_OTLP_ENDPOINT is '{endpoint}'; allowed is http(s)://host:port."]);
        }

        return new ExportPlan
        {
            Options = options,
            Service = FirstOf(options.ServiceName, configuration["OTEL_SERVICE_NAME"]) ?? DefaultService,
            Endpoint = uri,
            IsHttp = protocol == "http/protobuf",
        };
    }

    /// <summary>Says what spans and measures are of.</summary>
    public void Describe(ResourceBuilder resource) =>
        resource.AddService(Service, serviceVersion: typeof(ExportPlan).Assembly.GetName().Version?.ToString(3));

    /// <summary>Sets an exporter up; the path is that of the signal with OTLP over HTTP.</summary>
    public void Configure(OtlpExporterOptions exporter, string path)
    {
        exporter.Protocol = IsHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = IsHttp ? new Uri($"{Endpoint!.AbsoluteUri.TrimEnd('/')}/{path}") : Endpoint!;
        if (Options.Headers.Length > 0)
        {
            exporter.Headers = Options.Headers;
        }
    }

    private static string? FirstOf(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return text.Trim();
            }
        }

        return null;
    }
}
