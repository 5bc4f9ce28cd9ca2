using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Telemetry.Export;

/// <summary>
/// Exports over OTLP for as long as the host lives: begins before its other parts, and sends what is left when they have all stopped.
/// </summary>
internal sealed partial class OtlpExport(ExportPlan plan, ILogger<OtlpExport> logger) : IHostedLifecycleService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (plan.Traces)
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(plan.Resource())
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(plan.Options.SampleRatio)))
                .AddSource([JobsTelemetry.Name, .. KnownSources.Activities])
                .AddOtlpExporter(exporter => plan.Configure(exporter, "v1/traces"))
                .Build();
        }

        if (plan.Metrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(plan.Resource())
                .AddMeter([JobsTelemetry.Name, .. KnownSources.Meters])
                .AddOtlpExporter((exporter, reader) =>
                {
                    plan.Configure(exporter, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)plan.Options.MetricsPeriod.TotalMilliseconds;
                })
                .Build();
        }

        if (plan.Endpoint is not null)
        {
            LogExports(logger, plan.Traces, plan.Metrics, plan.Endpoint, plan.IsHttp ? "http/protobuf" : "grpc");
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Not on the caller's thread: an export blocks, and a collector that is gone blocks it for the whole time.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var timeout = (int)plan.Options.FlushTimeout.TotalMilliseconds;
            var traces = _traces?.Shutdown(timeout) ?? true;
            var metrics = _metrics?.Shutdown(timeout) ?? true;
            if (!traces || !metrics)
            {
                LogNotFlushed(logger, plan.Endpoint!);
            }
        },
        CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Telemetry goes to {Endpoint} by {Protocol} (traces: {Traces}, metrics: {Metrics}).")]
    private static partial void LogExports(ILogger logger, bool traces, bool metrics, Uri endpoint, string protocol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last telemetry did not reach {Endpoint} in time; it is lost.")]
    private static partial void LogNotFlushed(ILogger logger, Uri endpoint);
}
