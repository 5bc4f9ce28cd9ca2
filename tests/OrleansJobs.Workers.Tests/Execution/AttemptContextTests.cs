using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Diagnostics;
using OrleansJobs.TestKit.Ports;

namespace OrleansJobs.Workers.Tests.Execution;

public sealed class AttemptContextTests
{
    [Fact]
    public async Task Context_ShowsTheJob()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease(with: job => job with { Tenant = "acme", Tags = ["a", "b"], Attempt = 2, LeaseToken = 5 });
        var context = await RunningContextAsync(bench, lease);

        Assert.Equal((lease.Job.Id, Bench.JobClassName, "acme"), (context.JobId, context.JobClass, context.Tenant));
        Assert.Equal((3, 10, 6L), (context.Attempt, context.MaxAttempts, context.LeaseToken));
        Assert.Equal(["a", "b"], context.Tags);
        Assert.Equal(new Work("one"), context.Payload);
        Assert.Equal(CancellationCause.None, context.CancellationCause);
    }

    [Fact]
    public async Task Progress_IsStoredAtOnceAndThenOncePerPeriod()
    {
        await using var bench = new Bench();
        var context = await RunningContextAsync(bench, bench.NewLease());

        await context.ReportProgressAsync(0.1);
        for (var i = 2; i <= 9; i++)
        {
            await context.ReportProgressAsync(i / 10.0, $"step {i}");
        }

        Assert.Single(bench.Jobs.Reports);
        bench.Time.Advance(bench.Options.ReportPeriod);
        Assert.Equal([(0.1, null), (0.9, "step 9")], bench.Jobs.Reports.Select(report => (report.Progress!.Fraction, report.Progress.Message)));
        bench.Time.Advance(bench.Options.ReportPeriod * 5);
        Assert.Equal(2, bench.Jobs.Reports.Count);
        await context.ReportProgressAsync(1);
        Assert.Equal(3, bench.Jobs.Reports.Count);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(7, 1)]
    [InlineData(double.NaN, 0)]
    public async Task Progress_OutsideTheRange_IsMovedIntoIt(double given, double stored)
    {
        await using var bench = new Bench();
        var context = await RunningContextAsync(bench, bench.NewLease());
        await context.ReportProgressAsync(given, new string('x', JobLimits.MaxProgressMessageLength + 1));
        var progress = Assert.Single(bench.Jobs.Reports).Progress!;
        Assert.Equal((stored, JobLimits.MaxProgressMessageLength), (progress.Fraction, progress.Message!.Length));
    }

    [Fact]
    public async Task Progress_WithoutAnswer_IsTriedAgain()
    {
        await using var bench = new Bench();
        var context = await RunningContextAsync(bench, bench.NewLease());
        bench.Jobs.Report.FailNext(CallFault.BeforeEffect);
        await context.ReportProgressAsync(0.4);
        Assert.Empty(bench.Jobs.Reports);
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(0.4, Assert.Single(bench.Jobs.Reports).Progress!.Fraction);
    }

    [Fact]
    public async Task Progress_UnderALostLease_StopsTheAttempt()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var context = await RunningContextAsync(bench, lease);
        bench.Jobs.Apply(lease.Job.Id, new Expire(Bench.Silo));
        await context.ReportProgressAsync(0.4);
        Assert.Equal(CancellationCause.LeaseLost, context.CancellationCause);
    }

    [Fact]
    public async Task Progress_OfAJobThatIsToBeCancelled_StopsTheAttempt()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var context = await RunningContextAsync(bench, lease);
        bench.Jobs.Apply(lease.Job.Id, new Cancel(null));
        await context.ReportProgressAsync(0.4);
        Assert.Equal(CancellationCause.Cancelled, context.CancellationCause);
    }

    [Fact]
    public async Task Checkpoint_IsStoredBeforeItReturnsAndReadByTheNextAttempt()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var seen = new List<string?>();
        await bench.RunAsync(lease, async (_, context) =>
        {
            seen.Add(context.LoadCheckpoint<string>());
            await context.SaveCheckpointAsync("half way");
            seen.Add(context.LoadCheckpoint<string>());
            seen.Add(Encoding.UTF8.GetString(bench.JobOf(lease).Checkpoint!.Value.Span));
            throw new IOException();
        });
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await bench.RunAsync(lease with { Id = lease.Id with { Number = 2 } }, (_, context) =>
        {
            seen.Add(context.LoadCheckpoint<string>());
            return Task.FromResult(JobResult.Done);
        });

        Assert.Equal([null, "half way", "\"half way\"", "half way"], seen);
    }

    [Fact]
    public async Task Checkpoint_WithoutAnswer_IsRepeated()
    {
        await using var bench = new Bench();
        var context = await RunningContextAsync(bench, bench.NewLease());
        bench.Jobs.Report.FailNext(CallFault.AfterEffect);
        var timers = bench.Time.ActiveTimers;
        var save = context.SaveCheckpointAsync(1);
        await bench.Time.WhenTimersAsync(timers + 1);
        Assert.False(save.IsCompleted);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        await save;
        Assert.Equal(2, bench.Jobs.Reports.Count);
    }

    [Fact]
    public async Task Checkpoint_UnderALostLease_EndsTheHandler()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var context = await RunningContextAsync(bench, lease);
        bench.Jobs.Apply(lease.Job.Id, new Expire(Bench.Silo));
        await Assert.ThrowsAsync<OperationCanceledException>(() => context.SaveCheckpointAsync(1));
        Assert.Equal(CancellationCause.LeaseLost, context.CancellationCause);
    }

    [Fact]
    public async Task Checkpoint_OverTheLimit_IsRefused()
    {
        await using var bench = new Bench();
        var context = await RunningContextAsync(bench, bench.NewLease());
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => context.SaveCheckpointAsync(new string('x', JobLimits.MaxCheckpointBytes)));
        Assert.Empty(bench.Jobs.Reports);
    }

    [Fact]
    public async Task Activity_OfAnAttempt_IsAChildOfTheSubmitters()
    {
        // The source is the process's: other tests run attempts meanwhile.
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OrleansJobs",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var bench = new Bench();
        var lease = bench.NewLease(with: job => job with { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });
        await bench.RunAsync(lease, (_, _) => throw new IOException("broken"));

        var activity = activities.Single(one =>
            one.Kind == ActivityKind.Consumer && Equals(one.GetTagItem(JobsTags.JobId), lease.Job.Id.ToString()));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", activity.TraceId.ToHexString());
        Assert.Equal("b7ad6b7169203331", activity.ParentSpanId.ToHexString());
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
    }

    [Fact]
    public async Task Services_AreOfTheAttemptAndDisposedBeforeTheAck()
    {
        var disposed = new List<(Scoped Service, int Acks)>();
        Bench? bench = null;
        await using var made = bench = new Bench(grid: grid => grid.Services.AddScoped(_ => new Scoped(self => disposed.Add((self, bench!.Jobs.Ack.Calls)))));
        Scoped? first = null;
        await bench.RunAsync(bench.NewLease(), (_, context) =>
        {
            first = context.Services.GetRequiredService<Scoped>();
            Assert.Same(first, context.Services.GetRequiredService<Scoped>());
            return Task.FromResult(JobResult.Done);
        });
        Assert.Equal([(first!, 0)], disposed);

        await bench.RunAsync(bench.NewLease(), (_, context) =>
        {
            Assert.NotSame(first, context.Services.GetRequiredService<Scoped>());
            throw new IOException();
        });
        Assert.Equal(2, disposed.Count);
    }

    private static async Task<JobContext> RunningContextAsync(Bench bench, Core.Dispatch.JobLease lease)
    {
        bench.Script.RunUntilStopped();
        _ = bench.Runner.RunAsync(lease);
        await bench.Script.Started.WhenAsync(1);
        return bench.Script.Context!;
    }

    private sealed class Scoped(Action<Scoped> disposed) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            disposed(this);
            return ValueTask.CompletedTask;
        }
    }
}
