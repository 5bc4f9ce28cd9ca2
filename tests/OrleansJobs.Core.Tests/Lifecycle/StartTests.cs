using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class StartTests
{
    [Fact]
    public void Start_OfAQueuedJob_RaisesTokenAndAttemptAndNamesTheSilo()
    {
        var job = Sample.Job(JobState.Queued);

        var next = job.After(new Start(Sample.OtherSilo));

        Assert.Equal(JobState.Running, next.State);
        Assert.Equal(Sample.Token + 1, next.LeaseToken);
        Assert.Equal(job.Attempt + 1, next.Attempt);
        Assert.Equal(Sample.OtherSilo, next.Silo);
        Assert.Equal(Sample.Now, next.StartedAt);
    }

    [Fact]
    public void Start_KeepsTheCheckpointAndDropsTheProgressOfTheLastAttempt()
    {
        var job = Sample.Job(JobState.Retrying) with { DueAt = Sample.Now };

        var next = job.After(new Start(Sample.Silo));

        Assert.Equal(job.Checkpoint, next.Checkpoint);
        Assert.Null(next.Progress);
    }

    [Fact]
    public void Attempt_KeepsWhenItWasDue_AndWhatHeldItBack()
    {
        var job = Sample.Job(JobState.Queued);

        var running = job.After(new Start(Sample.Silo, WaitedFor: WaitReason.Rate));
        var retrying = running.After(Sample.Fail(running.LeaseToken));
        var done = running.After(new Complete(running.LeaseToken, null));

        Assert.Equal((job.DueAt, WaitReason.Rate), Of(retrying.Attempts[^1]));
        Assert.Equal((job.DueAt, WaitReason.Rate), Of(done.ToSnapshot(Sample.Now).Attempts[^1]));
        Assert.Equal(WaitReason.Rate, running.ToSnapshot(Sample.Now).WaitedFor);
        Assert.Equal(WaitReason.None, (retrying with { DueAt = Sample.Now }).After(new Start(Sample.Silo)).WaitedFor);

        static (DateTimeOffset?, WaitReason) Of(JobAttempt attempt) => (attempt.DueAt, attempt.WaitedFor);
    }

    [Fact]
    public void Start_ForgetsAnOldCancelRequest()
    {
        var job = Sample.Job(JobState.Queued) with { CancelRequested = true };
        Assert.False(job.After(new Start(Sample.Silo)).CancelRequested);
    }

    [Fact]
    public void Start_AtTheDueTime_IsAllowed_ATickBefore_IsNot()
    {
        var job = Sample.Job(JobState.Scheduled);
        var start = new Start(Sample.Silo);

        Assert.Equal(Verdict.Applied, JobLifecycle.Decide(job, start, job.DueAt).Verdict);
        Assert.Equal(Verdict.NotDue, JobLifecycle.Decide(job, start, job.DueAt.AddTicks(-1)).Verdict);
    }

    [Fact]
    public void Start_WithoutAnAttemptLeft_MakesItADeadLetter() =>
        AssertRefused(Sample.Job(JobState.Queued) with { Attempt = 3 }, "3 of 3");

    /// <summary>It would come back, take a slot and a token of the rate, and be refused again.</summary>
    [Theory]
    [InlineData(JobState.Queued)]
    [InlineData(JobState.Scheduled)]
    public void Start_OfAJobWhoseRowIsOdd_MakesItADeadLetter(JobState state) =>
        AssertRefused(Sample.Job(state) with { Oddity = "tags is no list of words." }, "tags is no list of words.");

    private static void AssertRefused(JobRecord job, string reason)
    {
        var refused = job.Decide(new Start(Sample.Silo));

        Assert.Equal((JobState.DeadLettered, Effects.Finish), (refused.Next.State, refused.Effects));
        Assert.Equal((job.Attempt, job.LeaseToken, job.Version + 1), (refused.Next.Attempt, refused.Next.LeaseToken, refused.Next.Version));
        Assert.Equal((JobError.InvalidRow, Sample.Now), (refused.Next.LastError!.Type, refused.Next.FinishedAt));
        Assert.Contains(reason, refused.Next.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_OfASiloThatIsDead_IsRefused()
    {
        var start = new Start(Sample.Silo, SiloIsDead: true);
        Assert.Equal(Verdict.StaleLease, Sample.Job(JobState.Queued).Decide(start).Verdict);
        Assert.Equal(Verdict.WrongState, Sample.Running.Decide(start).Verdict);
    }

    [Fact]
    public void Decide_OnACommandThatNobodyKnows_Throws()
    {
        Assert.Throws<ArgumentException>(() => Sample.Running.Decide(new Unknown()));
        Assert.Throws<ArgumentException>(() => Sample.Running.Decide(new UnknownAck()));
    }

    private sealed record Unknown : JobCommand;

    private sealed record UnknownAck() : LeaseCommand(Sample.Token);

    [Fact]
    public void Start_OfAJobThatTheDispatcherHeldDue_IsNotRefusedByAClockThatIsBehind()
    {
        var job = Sample.Job(JobState.Scheduled) with { DueAt = Sample.Now.AddHours(1) };

        Assert.Equal(Verdict.NotDue, job.Decide(new Start(Sample.Silo)).Verdict);
        Assert.Equal(Verdict.Applied, job.Decide(new Start(Sample.Silo, DueBy: job.DueAt)).Verdict);
    }

    [Fact]
    public void Start_OfAJobThatWasPutOffSinceItsLease_IsRefused()
    {
        var job = Sample.Job(JobState.Scheduled) with { DueAt = Sample.Now.AddHours(1) };

        Assert.Equal(Verdict.NotDue, job.Decide(new Start(Sample.Silo, DueBy: job.DueAt.AddTicks(-1))).Verdict);
    }
}
