using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Telemetry.Export;

/// <summary>What the plan of a host says, as OpenTelemetry's own hosting takes it; an application's own set-up is part of the same.</summary>
internal static class ExportSetup
{
    /// <summary>Metrics of a process; instruments beyond are left out.</summary>
    private const int MaxMetrics = 2_000;

    // Names of options keep the exporters' apart from each other and from those of the application's own.
    private const string TracesName = "OrleansJobs.Traces";
    private const string MetricsName = "OrleansJobs.Metrics";

    private static readonly HashSet<string> Known = [JobsTelemetry.Name, .. KnownSources.Meters];

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

        if (plan.Metrics || plan.Options.Prometheus)
        {
            services.AddOpenTelemetry().ConfigureResource(plan.Describe).WithMetrics(metrics => AddMetrics(metrics, plan));
        }
    }

    private static void AddTraces(TracerProviderBuilder traces, ExportPlan plan)
    {
        traces.AddSource(KnownSources.Activities).AddOtlpExporter(TracesName, exporter => plan.Configure(exporter, "v1/traces"));
        if (plan.Options.SampleRatio < 1)
        {
            traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(plan.Options.SampleRatio)));
        }
    }

    private static void AddMetrics(MeterProviderBuilder metrics, ExportPlan plan)
    {
        var bounded = new MetricStreamConfiguration { CardinalityLimit = plan.Options.MaxSeriesPerMetric };
        metrics.AddMeter(KnownSources.Meters)
            .SetMaxMetricStreams(MaxMetrics)
            .AddView(instrument => Known.Contains(instrument.Meter.Name) ? bounded : null);
        if (plan.Options.Prometheus)
        {
            metrics.AddPrometheusExporter(scrape => scrape.ScrapeResponseCacheDurationMilliseconds = 0);
        }

        if (plan.Metrics)
        {
            metrics.AddOtlpExporter(MetricsName, (exporter, reader) =>
            {
                plan.Configure(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)plan.Options.MetricsPeriod.TotalMilliseconds;
            });
        }
    }
}
