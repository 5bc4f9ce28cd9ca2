using System.Text;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Tests.Execution;

public sealed class LeaseRunnerOutcomeTests
{
    [Fact]
    public async Task Run_WithSuccess_CompletesTheJobWithItsResult()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var completion = await bench.RunAsync(lease, (work, _) => Task.FromResult(JobResult.Success(new Work(work.Name + "!"))));

        var job = bench.JobOf(lease);
        Assert.Equal(JobState.Succeeded, job.State);
        Assert.Equal("""{"name":"one!"}""", Encoding.UTF8.GetString(job.Result!.Value.Span));
        Assert.Equal((JobState.Succeeded, true, false), (completion.State, completion.Started, completion.Failed));
        Assert.Equal((lease.Id, lease.Job.Id), (completion.LeaseId, completion.JobId));
        Assert.Equal(0, bench.Running.Count);
    }

    [Fact]
    public async Task Run_WithDone_StoresNoResult()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Done));
        Assert.Null(bench.JobOf(lease).Result);
    }

    [Fact]
    public async Task Run_WithSnooze_SchedulesTheJobAtNoCost()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var completion = await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Snooze(TimeSpan.FromMinutes(5))));

        Assert.Equal(JobState.Scheduled, completion.State);
        Assert.Equal(bench.Time.GetUtcNow().AddMinutes(5), completion.DueAt);
        Assert.False(completion.Failed);
        Assert.Equal(0, bench.JobOf(lease).Attempt);
    }

    [Fact]
    public async Task Run_WithRetry_TakesTheHandlersDelay()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var completion = await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Retry("busy", TimeSpan.FromSeconds(42))));

        Assert.Equal((JobState.Retrying, true), (completion.State, completion.Failed));
        Assert.Equal(bench.Time.GetUtcNow().AddSeconds(42), completion.DueAt);
        Assert.Equal((JobError.Retry, "busy"), (bench.JobOf(lease).LastError!.Type, bench.JobOf(lease).LastError!.Message));
    }

    [Fact]
    public async Task Run_WithDeadLetter_EndsTheJob()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.DeadLetter("no such address")));

        Assert.Equal(JobState.DeadLettered, bench.JobOf(lease).State);
        Assert.Equal(JobError.DeadLetter, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Run_WithCancel_EndsTheJobAsCancelled()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Cancel("not wanted")));

        Assert.Equal(JobState.Cancelled, bench.JobOf(lease).State);
        Assert.Equal("not wanted", bench.JobOf(lease).LastError!.Message);
    }

    public static TheoryData<string, Func<Work, JobContext, Task<JobResult>>, string> Throwers => new()
    {
        { "asynchronously", async (_, _) => { await Task.Yield(); throw new InvalidDataException("async"); }, typeof(InvalidDataException).FullName! },
        { "synchronously", (_, _) => throw new InvalidDataException("sync"), typeof(InvalidDataException).FullName! },
        { "one of many", (_, _) => Task.FromException<JobResult>(new AggregateException(new InvalidDataException("in it"))), typeof(InvalidDataException).FullName! },
        { "many", (_, _) => Task.FromException<JobResult>(new AggregateException(new InvalidDataException(), new FormatException())), typeof(AggregateException).FullName! },
        { "cancelled by itself", (_, _) => Task.FromCanceled<JobResult>(new CancellationToken(true)), typeof(TaskCanceledException).FullName! },
        { "null task", (_, _) => NoTask, typeof(InvalidOperationException).FullName! },
        { "null result", (_, _) => Task.FromResult<JobResult>(null!), typeof(InvalidOperationException).FullName! },
        { "unreadable", (_, _) => throw new UnreadableException(), typeof(UnreadableException).FullName! },
    };

    private static Task<JobResult> NoTask => default!;

    [Theory]
    [MemberData(nameof(Throwers), DisableDiscoveryEnumeration = true)]
    public async Task Run_WhateverIsThrown_FailsTheAttempt(string how, Func<Work, JobContext, Task<JobResult>> body, string error)
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        var completion = await bench.RunAsync(lease, body);

        Assert.True(completion.Failed, how);
        Assert.Equal(JobState.Retrying, bench.JobOf(lease).State);
        Assert.Equal(error, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Run_WithNonRetryableException_DeadLettersTheJob()
    {
        await using var bench = new Bench(options => options.Retry = Retry.Fixed(5, TimeSpan.Zero).DoNotRetry<IOException>());
        var plain = bench.NewLease();
        await bench.RunAsync(plain, (_, _) => throw new FileNotFoundException());
        var wrapped = bench.NewLease();
        await bench.RunAsync(wrapped, (_, _) => throw new AggregateException(new FormatException(), new IOException()));
        var other = bench.NewLease();
        await bench.RunAsync(other, (_, _) => throw new FormatException());

        Assert.Equal(JobState.DeadLettered, bench.JobOf(plain).State);
        Assert.Equal(JobState.DeadLettered, bench.JobOf(wrapped).State);
        Assert.Equal(JobState.Retrying, bench.JobOf(other).State);
    }

    [Fact]
    public async Task Run_WithResultOverTheLimit_DeadLettersTheJob()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Success(new string('x', JobLimits.MaxResultBytes))));

        Assert.Equal(JobState.DeadLettered, bench.JobOf(lease).State);
        Assert.Equal(JobError.ResultTooLarge, bench.JobOf(lease).LastError!.Type);
        Assert.Contains("262146", bench.JobOf(lease).LastError!.Message);
    }

    [Fact]
    public async Task Run_WithResultAtTheLimit_Succeeds()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => Task.FromResult(JobResult.Success(new string('x', JobLimits.MaxResultBytes - 2))));
        Assert.Equal(JobState.Succeeded, bench.JobOf(lease).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"name\":")]
    [InlineData("{\"foo\":1}")]
    [InlineData("{\"name\":null}")]
    public async Task Run_WithInvalidPayload_DeadLettersTheJobWithoutTheHandler(string payload)
    {
        await using var bench = new Bench();
        var lease = bench.NewLease(payload);
        await bench.Runner.RunAsync(lease);

        Assert.Equal(JobState.DeadLettered, bench.JobOf(lease).State);
        Assert.Equal(JobError.InvalidPayload, bench.JobOf(lease).LastError!.Type);
        Assert.Equal(0, bench.Script.Started.Value);
    }

    [Fact]
    public async Task Run_WithUnknownClass_GivesTheLeaseBack()
    {
        await using var bench = new Bench();
        var lease = bench.NewLease() with { JobClass = "other" };
        var completion = await bench.Runner.RunAsync(lease);

        Assert.Equal((false, JobState.Queued), (completion.Started, completion.State));
        Assert.Equal(0, bench.Jobs.Start.Calls);
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("no text");

        public override string ToString() => throw new InvalidOperationException("no text");
    }
}
