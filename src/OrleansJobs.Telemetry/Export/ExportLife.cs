using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace OrleansJobs.Telemetry.Export;

/// <summary>Has the export begin before the host's other parts, and end when they have all stopped, in the time that it may take.</summary>
internal sealed partial class ExportLife(ExportPlan plan, IServiceProvider services, ILogger<ExportLife> logger) : IHostedLifecycleService
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        (_traces, _metrics) = (services.GetService<TracerProvider>(), services.GetService<MeterProvider>());
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
            if (plan.Endpoint is not null && !(traces && metrics))
            {
                LogNotFlushed(logger, plan.Endpoint);
            }
        },
        CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Information, Message = "Telemetry goes to {Endpoint} by {Protocol} (traces: {Traces}, metrics: {Metrics}).")]
    private static partial void LogExports(ILogger logger, bool traces, bool metrics, Uri endpoint, string protocol);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last telemetry did not reach {Endpoint} in time; it is lost.")]
    private static partial void LogNotFlushed(ILogger logger, Uri endpoint);
}
