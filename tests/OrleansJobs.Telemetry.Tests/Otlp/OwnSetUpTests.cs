using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using OrleansJobs.Telemetry.Tests.Support;
using OrleansJobs.TestKit.Otlp;

namespace OrleansJobs.Telemetry.Tests.Otlp;

/// <summary>The grid's telemetry in an application that has OpenTelemetry set up for itself.</summary>
public sealed class OwnSetUpTests
{
    private readonly Spans _spans = new();
    private readonly Measures _measures = new();

    [Fact]
    public async Task Instrumentation_GivesTheApplicationSpansAndMeasures()
    {
        await using var grid = await Grid.StartOwnAsync(services => services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddOrleansJobsInstrumentation().AddProcessor(_spans))
            .WithMetrics(metrics => metrics.AddOrleansJobsInstrumentation().AddReader(new BaseExportingMetricReader(_measures))));

        await AssertSeenAsync(grid);
    }

    [Fact]
    public async Task HostsTelemetry_WithoutAnEndpoint_JoinsTheApplications()
    {
        await using var grid = await Grid.StartAsync(more: AddOwn);

        await AssertSeenAsync(grid);
    }

    [Fact]
    public async Task HostsTelemetry_WithAnEndpoint_IsOnePipelineWithTheApplications()
    {
        await using var collector = await Collector.StartAsync();
        await using var grid = await Grid.StartAsync(
            new() { [$"{TelemetryOptions.Section}:Endpoint"] = collector.Url, [$"{TelemetryOptions.Section}:Protocol"] = "http/protobuf" }, more: AddOwn);

        var job = await AssertSeenAsync(grid);

        Assert.Contains(collector.Spans, span => span.Name == "process errand" && span.TraceId == job.TraceParent!.Split('-')[1]);
    }

    private void AddOwn(IServiceCollection services) => services.AddOpenTelemetry()
        .WithTracing(traces => traces.AddProcessor(_spans))
        .WithMetrics(metrics => metrics.AddReader(new BaseExportingMetricReader(_measures)));

    /// <summary>What is seen once the grid has stopped: all spans have ended by then.</summary>
    private async Task<JobSnapshot> AssertSeenAsync(Grid grid)
    {
        var job = await grid.RunAsync(new Errand());
        await grid.StopAsync();
        grid.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var process = Assert.Single(_spans.Ended, span => span.DisplayName == "process errand" && $"{span.TraceId}" == job.TraceParent!.Split('-')[1]);
        Assert.Equal(ActivityKind.Consumer, process.Kind);
        Assert.Contains("orleansjobs.attempts.ended", _measures.Names);
        return job;
    }

    private sealed class Spans : BaseProcessor<Activity>
    {
        public ConcurrentQueue<Activity> Ended { get; } = [];

        public override void OnEnd(Activity data) => Ended.Enqueue(data);
    }

    private sealed class Measures : BaseExporter<Metric>
    {
        public HashSet<string> Names { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Names.Add(metric.Name);
            }

            return ExportResult.Success;
        }
    }
}
