using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrleansJobs.Telemetry.Export;

/// <summary>What the plan of a host says, as OpenTelemetry's own hosting takes it; an application's own set-up is part of the same.</summary>
internal static class ExportSetup
{
    /// <summary>Keeps the exporters' options apart from those of the application's own exporters.</summary>
    private const string OptionsName = "OrleansJobs";

    /// <summary>Adds the grid to whatever is set up, and exporters if the plan has any.</summary>
    public static void AddExport(this IServiceCollection services, ExportPlan plan)
    {
        services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddOrleansJobsInstrumentation());
        services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddOrleansJobsInstrumentation());
        services.AddSingleton(plan);
        services.AddHostedService<ExportLife>();
        if (plan.Traces)
        {
            services.AddOpenTelemetry().ConfigureResource(plan.Describe).WithTracing(traces => AddTraces(traces, plan));
        }

        if (plan.Metrics)
        {
            services.AddOpenTelemetry().ConfigureResource(plan.Describe).WithMetrics(metrics => AddMetrics(metrics, plan));
        }
    }

    private static void AddTraces(TracerProviderBuilder traces, ExportPlan plan)
    {
        traces.AddSource(KnownSources.Activities).AddOtlpExporter(OptionsName, exporter => plan.Configure(exporter, "v1/traces"));
        if (plan.Options.SampleRatio < 1)
        {
            traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(plan.Options.SampleRatio)));
        }
    }

    private static void AddMetrics(MeterProviderBuilder metrics, ExportPlan plan) => metrics
        .AddMeter(KnownSources.Meters)
        .AddOtlpExporter(OptionsName, (exporter, reader) =>
        {
            plan.Configure(exporter, "v1/metrics");
            reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)plan.Options.MetricsPeriod.TotalMilliseconds;
        });
}
