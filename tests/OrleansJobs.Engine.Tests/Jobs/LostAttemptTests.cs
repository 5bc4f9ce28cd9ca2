using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Engine.Tests.Jobs;

/// <summary>An attempt whose silo was lost is shown by the job's authority.</summary>
public sealed class LostAttemptTests : IDisposable
{
    private const string Submitter = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string Before = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";
    private const string Silo = "silo-1";

    private readonly EngineBench _bench = new((_, _) => null);
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;
    private readonly JobRecord _running;
    private readonly ScriptedRow _row;
    private readonly JobDesk _desk;

    public LostAttemptTests()
    {
        var now = _bench.Time.GetUtcNow();
        _running = new JobRecord
        {
            Id = JobId.New(), JobClass = "c", State = JobState.Running, MaxAttempts = 3, Attempt = 2, LeaseToken = 7, Silo = Silo, TraceParent = Submitter,
            DueAt = now, StartedAt = now,
            Attempts = [new JobAttempt(1, "silo-0", now, now, AttemptOutcome.Failed, null) { TraceParent = Before }],
        };
        _row = new ScriptedRow(_running);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == JobsTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem(JobsTags.JobId), _running.Id.ToString()))
                {
                    _spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        var notifier = new DispatcherNotifier(_bench, _bench.Time, NullLogger<ClassNotices>.Instance);
        var unclear = new UnclearWrites(_bench.Store, notifier, _bench.Stopping, _bench.Time, NullLogger<UnclearWrites>.Instance);
        _desk = new JobDesk(null!, notifier, unclear, _bench, new ExplainedLosses(), _bench.Time);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task Expiry_WritesTheSpanOfTheLostAttempt_AndKeepsItsContext()
    {
        _bench.Time.Advance(TimeSpan.FromSeconds(30));
        await _desk.ExpireAsync(new JobCell(_row, NullLogger.Instance), new Expire(Silo, 7));

        var span = Assert.Single(_spans);
        Assert.Equal(("process c", "b7ad6b7169203331", TimeSpan.FromSeconds(30)), (span.DisplayName, span.ParentSpanId.ToHexString(), span.Duration));
        Assert.Equal((ActivityStatusCode.Error, "lost", (object)2), (span.Status, span.GetTagItem(JobsTags.Outcome), span.GetTagItem(JobsTags.Attempt)));
        Assert.Equal("00f067aa0ba902b7", Assert.Single(span.Links).Context.SpanId.ToHexString());
        Assert.Equal([Before, span.Id], _row.Stored!.Attempts.Select(attempt => attempt.TraceParent));
    }

    [Fact]
    public async Task Expiry_OfALeaseThatIsNotTheLiveOne_LeavesNoRecordedSpan()
    {
        await _desk.ExpireAsync(new JobCell(_row, NullLogger.Instance), new Expire(Silo, 6));

        Assert.All(_spans, span => Assert.False(span.Recorded));
        Assert.Equal(JobState.Running, _row.Stored!.State);
    }
}
