using System.Diagnostics;
using System.Text.Json;
using OrleansJobs.Diagnostics;
using OrleansJobs.Telemetry.Tests.Support;
using OrleansJobs.TestKit.Otlp;

namespace OrleansJobs.Telemetry.Tests.Otlp;

/// <summary>What a collector gets of a real grid, over OTLP.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task RetriedJob_IsOneTrace_FromSubmitToTheLastAck()
    {
        await using var collector = await Collector.StartAsync();
        var (job, caller) = await RunAsync(collector, new Errand(Failures: 2));

        var spans = OfJob(collector, job.Id);
        Assert.All(spans, span => Assert.Equal(caller.TraceId.ToHexString(), span.TraceId));
        var send = Assert.Single(spans, span => span.Name == "send errand");
        Assert.Equal((SpanKind.Producer, caller.SpanId.ToHexString()), (send.Kind, send.ParentId));
        Assert.Equal($"00-{send.TraceId}-{send.Id}-01", job.TraceParent);

        var attempts = spans.Where(span => span.Name == "process errand").OrderBy(span => span.StartedAt).ToArray();
        Assert.Equal([1L, 2L, 3L], attempts.Select(span => (long)span.Attributes[JobsTags.Attempt]));
        Assert.All(attempts, span => Assert.Equal((SpanKind.Consumer, send.Id), (span.Kind, span.ParentId)));
        Assert.Equal(["failed", "failed", "succeeded"], attempts.Select(span => span.Attributes[JobsTags.Outcome]));
        Assert.Equal(["retrying", "retrying", "succeeded"], attempts.Select(span => span.Attributes[JobsTags.State]));
        Assert.Equal([Span.Error, Span.Error, 0UL], attempts.Select(span => span.Status));
    }

    [Fact]
    public async Task Attempts_LinkToTheAttemptBefore()
    {
        await using var collector = await Collector.StartAsync();
        var (job, _) = await RunAsync(collector, new Errand(Failures: 2));

        var attempts = OfJob(collector, job.Id).Where(span => span.Name == "process errand").OrderBy(span => span.StartedAt).ToArray();
        Assert.Empty(attempts[0].Links);
        foreach (var (before, after) in attempts.Zip(attempts.Skip(1)))
        {
            var link = Assert.Single(after.Links);
            Assert.Equal((before.TraceId, before.Id), (link.TraceId, link.SpanId));
            Assert.Equal(before.Attributes[JobsTags.Attempt], link.Attributes[JobsTags.Attempt]);
        }

        Assert.Equal([.. attempts.Take(2).Select(span => $"00-{span.TraceId}-{span.Id}-01")], job.Attempts.Take(2).Select(attempt => attempt.TraceParent));
    }

    [Fact]
    public async Task Attempts_ShowTheirWaitTheirStartAndTheirAck_WithExactTimes()
    {
        await using var collector = await Collector.StartAsync();
        var (job, _) = await RunAsync(collector, new Errand(Failures: 1));

        var spans = OfJob(collector, job.Id);
        var send = Assert.Single(spans, span => span.Name == "send errand");
        var attempts = spans.Where(span => span.Name == "process errand").OrderBy(span => span.StartedAt).ToArray();
        var waits = spans.Where(span => span.Name == "wait errand").OrderBy(span => span.StartedAt).ToArray();
        Assert.Equal(2, waits.Length);
        Assert.All(waits, wait => Assert.Equal((SpanKind.Internal, send.Id), (wait.Kind, wait.ParentId)));
        Assert.Equal((Nanoseconds(job.SubmittedAt), Nanoseconds(job.Attempts[0].StartedAt)), (waits[0].StartedAt, waits[0].EndedAt));
        Assert.Equal((Nanoseconds(job.DueAt), Nanoseconds(job.StartedAt!.Value)), (waits[1].StartedAt, waits[1].EndedAt));
        Assert.All(attempts, attempt =>
        {
            foreach (var (name, type) in new[] { ("start", "receive"), ("ack", "settle") })
            {
                var call = Assert.Single(spans, span => span.Name == $"{name} errand" && span.ParentId == attempt.Id);
                Assert.Equal((SpanKind.Client, name, type), (call.Kind, (string)call.Attributes[JobsTags.Operation], (string)call.Attributes[JobsTags.OperationType]));
                Assert.InRange(call.StartedAt, attempt.StartedAt, call.EndedAt);
                Assert.InRange(call.EndedAt, call.StartedAt, attempt.EndedAt);
            }
        });
    }

    [Fact]
    public async Task Wait_SaysWhatHeldTheAttemptBack()
    {
        await using var collector = await Collector.StartAsync();
        await using var grid = await Grid.StartAsync(Settings(collector));
        await grid.Jobs.PauseAsync(Errand.Class);
        var held = await grid.Jobs.SubmitAsync(Errand.Class, new Errand());
        Assert.Equal(WaitReason.Paused, (await held.ExplainAsync()).Reason);
        await grid.Jobs.ResumeAsync(Errand.Class);
        var job = await held.WaitAsync().WaitAsync(Grid.Patience);
        await grid.StopAsync();

        var wait = Assert.Single(OfJob(collector, job.Id), span => span.Name == "wait errand");
        Assert.NotEqual(WaitReason.None, job.WaitedFor);
        Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName($"{job.WaitedFor}"), wait.Attributes[JobsTags.WaitedFor]);
    }

    [Fact]
    public async Task Spans_HaveTheAttributesOfTheConventions()
    {
        await using var collector = await Collector.StartAsync();
        var (job, _) = await RunAsync(collector, new Errand(Failures: 1), new SubmitOptions { Tenant = "acme" });

        var spans = OfJob(collector, job.Id);
        Assert.All(spans, span => Assert.Equal(("OrleansJobs", "tested"), (span.Scope, span.Service)));
        Assert.All(spans, span => Assert.Equal(("orleansjobs", "errand"), (span.Attributes[JobsTags.System], span.Attributes[JobsTags.JobClass])));
        Assert.All(spans, span => Assert.Equal(span.Name.Split(' ')[0], span.Attributes[JobsTags.Operation]));
        var failed = Assert.Single(spans, span => span.Status == Span.Error);
        Assert.Equal(typeof(InvalidOperationException).FullName, failed.Attributes[JobsTags.ErrorType]);
        Assert.Equal("Attempt 1 is too early.", failed.StatusText);
        Assert.Equal(("acme", job.Silo!), (failed.Attributes[JobsTags.Tenant], failed.Attributes[JobsTags.Silo]));
        var thrown = Assert.Single(failed.Events, one => one.Name == "exception");
        Assert.Contains(nameof(ErrandHandler), (string)thrown.Attributes["exception.stacktrace"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snooze_IsNoError_AndLinkedToo()
    {
        await using var collector = await Collector.StartAsync();
        var (job, _) = await RunAsync(collector, new Errand(Snooze: true));

        var attempts = OfJob(collector, job.Id).Where(span => span.Name == "process errand").OrderBy(span => span.StartedAt).ToArray();
        Assert.Equal([("snoozed", "scheduled", 0UL), ("succeeded", "succeeded", 0UL)],
            attempts.Select(span => ((string)span.Attributes[JobsTags.Outcome], (string)span.Attributes[JobsTags.State], span.Status)));
        Assert.Equal(attempts[0].Id, Assert.Single(attempts[1].Links).SpanId);
    }

    [Fact]
    public async Task JobWithoutASubmittersTrace_IsTheRootOfItsOwn()
    {
        await using var collector = await Collector.StartAsync();
        await using var grid = await Grid.StartAsync(Settings(collector));
        var id = JobId.New();
        var batch = Enumerable.Range(0, 2).Select(index => grid.Jobs.Describe(Errand.Class, new Errand(), new SubmitOptions { Id = index == 0 ? id : null }));
        Activity.Current = null;
        await grid.Jobs.SubmitManyAsync([.. batch]);
        await grid.Jobs.GetHandle(id).WaitAsync().WaitAsync(Grid.Patience);
        await grid.StopAsync();

        var send = Assert.Single(collector.Spans, span => span.Name == "send errand");
        Assert.Equal(("", 2L), (send.ParentId, send.Attributes[JobsTags.BatchCount]));
        Assert.All(collector.Spans.Where(span => span.Name == "process errand"), span => Assert.Equal(send.Id, span.ParentId));
    }

    [Fact]
    public async Task Metrics_ArriveWithThoseOfTheRuntime_AndTheConfiguredHeader()
    {
        await using var collector = await Collector.StartAsync();
        await using var grid = await Grid.StartAsync(Settings(collector, ("MetricsPeriod", "00:00:01")));
        await grid.RunAsync(new Errand(Failures: 1));
        await collector.WhenAsync("orleansjobs.class.backlog").WaitAsync(Grid.Patience);
        await grid.StopAsync();

        var ours = collector.Metrics.Where(metric => metric.Scope == JobsTelemetry.Name).Select(metric => metric.Metric).ToArray();
        Assert.Empty(new[]
            {
                "messaging.client.sent.messages", "messaging.client.operation.duration", "messaging.process.duration", "orleansjobs.attempts.started",
                "orleansjobs.attempts.ended", "orleansjobs.wait.duration", "orleansjobs.jobs.submitted", "orleansjobs.jobs.finished",
                "orleansjobs.class.backlog", "orleansjobs.class.permits", "orleansjobs.class.running", "orleansjobs.store.commit.duration",
                "orleansjobs.store.commit.rows", "orleansjobs.dispatcher.exchanges",
            }.Except(ours));
        Assert.Contains(("System.Runtime", "dotnet.gc.collections"), collector.Metrics);
        Assert.All(collector.Keys, key => Assert.Equal("secret", key));
    }

    [Fact]
    public async Task SampleRatioOfZero_ExportsNoSpan()
    {
        await using var collector = await Collector.StartAsync();
        await using var grid = await Grid.StartAsync(Settings(collector, ("SampleRatio", "0")));
        Activity.Current = null;
        var job = await grid.RunAsync(new Errand(Failures: 1));
        await grid.StopAsync();

        Assert.Empty(OfJob(collector, job.Id));
        Assert.NotEmpty(collector.Metrics);
        Assert.EndsWith("-00", job.TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CollectorThatIsGone_HoldsNobodyUp()
    {
        var collector = await Collector.StartAsync();
        var settings = Settings(collector, ("FlushTimeout", "00:00:01"));
        await collector.DisposeAsync();
        await using var grid = await Grid.StartAsync(settings);
        Assert.Equal(JobState.Succeeded, (await grid.RunAsync(new Errand())).State);
        await grid.StopAsync().WaitAsync(Grid.Patience);
    }

    /// <summary>Runs a job that is submitted in a span, and stops the grid, so that all is exported.</summary>
    private static async Task<(JobSnapshot Job, ActivityContext Caller)> RunAsync(Collector collector, Errand errand, SubmitOptions? options = null)
    {
        await using var grid = await Grid.StartAsync(Settings(collector));
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C);
        caller.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        caller.Start();
        var job = await grid.RunAsync(errand, options);
        caller.Stop();
        await grid.StopAsync();
        return (job, caller.Context);
    }

    private static Dictionary<string, string?> Settings(Collector collector, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var settings = new Dictionary<string, string?>
        {
            [$"{TelemetryOptions.Section}:Endpoint"] = collector.Url,
            [$"{TelemetryOptions.Section}:Protocol"] = "http/protobuf",
            [$"{TelemetryOptions.Section}:Headers"] = "x-key=secret",
            [$"{TelemetryOptions.Section}:ServiceName"] = "tested",
        };
        foreach (var (key, value) in more)
        {
            settings[$"{TelemetryOptions.Section}:{key}"] = value;
        }

        return settings;
    }

    private static Span[] OfJob(Collector collector, JobId id) =>
        [.. collector.Spans.Where(span => Equals(span.Attributes.GetValueOrDefault(JobsTags.JobId), id.ToString()))];

    private static ulong Nanoseconds(DateTimeOffset at) => (ulong)(at - DateTimeOffset.UnixEpoch).Ticks * 100;
}
