using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>The context of an attempt's span is kept with the attempt, if that is kept.</summary>
public sealed class AttemptTraceTests
{
    private const string Span = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private static readonly JobRecord Running = new()
    {
        Id = JobId.New(), JobClass = "c", State = JobState.Running, Attempt = 2, MaxAttempts = 5, LeaseToken = 3, Silo = "s", StartedAt = Now,
        Attempts = [new JobAttempt(1, "s", Now, Now, AttemptOutcome.Failed, null) { TraceParent = "before" }],
    };

    public static TheoryData<JobCommand> Ends => new()
    {
        new Fail(3, new JobError("e", "m"), OrleansJobs.Retry.None, 0.5) { TraceParent = Span },
        new Fail(3, new JobError("e", "m"), OrleansJobs.Retry.Fixed(5, TimeSpan.FromSeconds(1)), 0.5) { TraceParent = Span },
        new Snooze(3, TimeSpan.FromSeconds(1)) { TraceParent = Span },
        new Release(3) { TraceParent = Span },
        new Abandon(3, "why") { TraceParent = Span },
        new Expire("s", 3) { TraceParent = Span },
    };

    [Theory]
    [MemberData(nameof(Ends), DisableDiscoveryEnumeration = true)]
    public void EndedAttempt_KeepsIt_AndTheOnesBeforeTheirOwn(JobCommand end) =>
        Assert.Equal(["before", Span], JobLifecycle.Decide(Running, end, Now).Next.Attempts.Select(attempt => attempt.TraceParent));

    [Fact]
    public void Success_KeepsNothing() =>
        Assert.Equal(["before"], JobLifecycle.Decide(Running, new Complete(3, null) { TraceParent = Span }, Now).Next.Attempts.Select(attempt => attempt.TraceParent));

    [Fact]
    public void RefusedEnd_ChangesNothing() =>
        Assert.Same(Running, JobLifecycle.Decide(Running, new Release(2) { TraceParent = Span }, Now).Next);
}
