using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Submission;

namespace OrleansJobs.Core.Tests.Submission;

public sealed class JobFactoryTests
{
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static readonly DateTimeOffset Now = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly JobSubmission Submission = new() { JobClass = "email", Payload = "{}"u8.ToArray(), TraceParent = TraceParent };

    [Fact]
    public void Create_TakesOverWhatWasSaid()
    {
        var options = new SubmitOptions
        {
            Tenant = "acme", Priority = 7, Cost = 3, UniqueKey = "k", MaxAttempts = 4, Timeout = TimeSpan.FromMinutes(3), Tags = ["a", "b"],
        };

        var job = Create(options);

        Assert.Equal((Submission.Id, "email", "acme"), (job.Id, job.JobClass, job.Tenant));
        Assert.Equal((7, 3, "k", 4), (job.Priority, job.Cost, job.UniqueKey, job.MaxAttempts));
        Assert.Equal((TimeSpan.FromMinutes(3), TraceParent), (job.Timeout, job.TraceParent));
        Assert.Equal(["a", "b"], job.Tags);
        Assert.Equal("{}"u8.ToArray(), job.Payload.ToArray());
        Assert.Equal((1L, Now, 0, 0L), (job.Version, job.SubmittedAt, job.Attempt, job.LeaseToken));
    }

    [Fact]
    public void Create_WithoutAttemptsOfItsOwn_TakesThoseOfTheClass() => Assert.Equal(10, Create(SubmitOptions.Default).MaxAttempts);

    [Fact]
    public void Create_IsQueuedAndDueNow() => AssertPlaced(Create(SubmitOptions.Default), JobState.Queued, Now);

    [Fact]
    public void Create_WithADelay_IsScheduled() =>
        AssertPlaced(Create(new() { Delay = TimeSpan.FromMicroseconds(1) }), JobState.Scheduled, Now.AddMicroseconds(1));

    [Fact]
    public void Create_WithADelayOfZero_IsQueued() => AssertPlaced(Create(new() { Delay = TimeSpan.Zero }), JobState.Queued, Now);

    [Fact]
    public void Create_DueLater_IsScheduledInUniversalTime()
    {
        var job = Create(new() { DueAt = new DateTimeOffset(2030, 5, 1, 15, 0, 0, TimeSpan.FromHours(2)) });

        AssertPlaced(job, JobState.Scheduled, Now.AddHours(1));
        Assert.Equal(TimeSpan.Zero, job.DueAt.Offset);
    }

    [Fact]
    public void Create_DueEarlier_MeansNow() => AssertPlaced(Create(new() { DueAt = Now.AddDays(-1) }), JobState.Queued, Now);

    [Theory]
    [InlineData(null)]
    [InlineData("|1234.5678.")]
    [InlineData("00-zzz")]
    public void Create_LeavesOutWhatIsNoTraceParent(string? traceParent) =>
        Assert.Null(JobFactory.Create(Submission with { TraceParent = traceParent }, 10, Now).TraceParent);

    [Fact]
    public void SameSubmission_IsSameClassAndPayload()
    {
        var job = Create(SubmitOptions.Default);

        Assert.True(JobFactory.IsSameSubmission(job, Submission));
        Assert.True(JobFactory.IsSameSubmission(job, Submission with { Payload = "{}"u8.ToArray(), Options = new() { Priority = 1 } }));
        Assert.False(JobFactory.IsSameSubmission(job, Submission with { Payload = "[]"u8.ToArray() }));
        Assert.False(JobFactory.IsSameSubmission(job, Submission with { JobClass = "index" }));
    }

    private static JobRecord Create(SubmitOptions options) => JobFactory.Create(Submission with { Options = options }, 10, Now);

    private static void AssertPlaced(JobRecord job, JobState state, DateTimeOffset dueAt) => Assert.Equal((state, dueAt), (job.State, job.DueAt));
}
