using OrleansJobs.Diagnostics;
using OrleansJobs.ProcessKit;
using OrleansJobs.TestKit.Otlp;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The traces of jobs that are submitted to one silo, run on another, and lose it, as a collector gets them from the processes.</summary>
public sealed class TraceTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private const int RetriedJobs = 60;
    private const int LongJobs = 40;
    private const int LongMilliseconds = 4_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SkippableFact]
    public Task Trace_GoesOnAcrossSilos_AndShowsTheOneThatWasLost() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        await using var collector = await Collector.StartAsync();
        var silos = await grid.StartManyAsync(
            2, $"--JobGrid:Telemetry:Endpoint={collector.Url}", "--JobGrid:Telemetry:Protocol=http/protobuf", "--JobGrid:Telemetry:MetricsPeriod=00:00:01");
        var (near, far) = (silos[0], silos[1]);

        var retried = Probes.Many(RetriedJobs, 20, "ThrowOnce");
        await near.Http.SubmitAsync(retried);
        await near.Http.WaitIdleAsync(Patience);
        await Clock.UntilAsync("all spans of the retried jobs", Patience, () => collector.Spans.Count(IsAttempt) >= 2 * RetriedJobs);
        retried.ForEach(job => RequireOneTrace(collector, job.Id!.Value));
        await RequireOrleansMetricsAsync(near, collector);

        var longJobs = Probes.Many(LongJobs, LongMilliseconds);
        await near.Http.SubmitAsync(longJobs);
        await Clock.UntilAsync("jobs on the far silo", Patience, () => grid.Effects().Runs.Any(run => run.Process == far.Id && run.EndedAt is null));
        await grid.KillAsync(far);
        var lost = grid.Effects().Runs.Where(run => run.Process == far.Id && run.EndedAt is null).Select(run => run.Job).ToArray();
        await near.Http.WaitIdleAsync(Patience);
        await near.TerminateAsync(Patience);

        Assert.NotEmpty(lost);
        Assert.All(lost, id => RequireLostAttempt(collector, id));
        var silosSeen = collector.Spans.Where(IsAttempt).Select(span => span.Attributes[JobsTags.Silo]).Distinct().Count();
        Say($"{lost.Length} attempts were lost and are in their traces; attempts ran on {silosSeen} silos.");
        Assert.Equal(2, silosSeen);
    });

    private static void RequireOneTrace(Collector collector, JobId id)
    {
        var attempts = Attempts(collector, id);
        Assert.Equal(["failed", "succeeded"], attempts.Select(span => span.Attributes[JobsTags.Outcome]));
        Assert.Equal(attempts[0].Id, Assert.Single(attempts[1].Links).SpanId);
        var send = Assert.Single(collector.Spans, span => span.Id == attempts[0].ParentId);
        Assert.Equal(("send probe", SpanKind.Producer), (send.Name, send.Kind));
        Assert.All(attempts, span => Assert.Equal((send.TraceId, send.Id), (span.TraceId, span.ParentId)));

        // The caller of the API began the trace.
        Assert.Contains(collector.Spans, span => span.Id == send.ParentId && span.Kind == SpanKind.Server);
    }

    private static void RequireLostAttempt(Collector collector, JobId id)
    {
        var attempts = Attempts(collector, id);
        Assert.Equal(["lost", "succeeded"], attempts.Select(span => span.Attributes[JobsTags.Outcome]));
        Assert.Equal((Span.Error, (object)JobError.SiloLost), (attempts[0].Status, attempts[0].Attributes[JobsTags.ErrorType]));
        Assert.Equal(attempts[0].Id, Assert.Single(attempts[1].Links).SpanId);
        Assert.NotEqual(attempts[0].Attributes[JobsTags.Silo], attempts[1].Attributes[JobsTags.Silo]);
        Assert.InRange(attempts[0].EndedAt, attempts[0].StartedAt, attempts[1].StartedAt);
    }

    private static async Task RequireOrleansMetricsAsync(HostProcess silo, Collector collector)
    {
        var page = await silo.Http.CallAsync(HttpMethod.Get, "/metrics");
        Assert.Contains("\norleans_catalog_activations{", page.Body, StringComparison.Ordinal);
        Assert.Contains("\norleansjobs_attempts_ended_total{", page.Body, StringComparison.Ordinal);
        Assert.Contains(("Microsoft.Orleans", "orleans-catalog-activations"), collector.Metrics);
    }

    private static Span[] Attempts(Collector collector, JobId id) =>
    [
        .. collector.Spans.Where(span => IsAttempt(span) && Equals(span.Attributes[JobsTags.JobId], id.ToString())).OrderBy(span => span.StartedAt),
    ];

    private static bool IsAttempt(Span span) => span.Name == "process probe";
}
