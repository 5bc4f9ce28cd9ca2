using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class RetryNowTests
{
    [Theory]
    [InlineData(JobState.DeadLettered)]
    [InlineData(JobState.Cancelled)]
    public void RetryNow_OfAnEndedJob_GivesItAFullSetOfAttempts(JobState state)
    {
        var job = Sample.Job(state) with { Attempt = 3, SiloLosses = 4, CancelRequested = true, Result = new byte[] { 1 } };

        var next = job.After(new RetryNow());

        Assert.Equal((JobState.Queued, Sample.Now), (next.State, next.DueAt));
        Assert.Equal((0, 0, TimeSpan.Zero), (next.Attempt, next.SiloLosses, next.LastBackoff));
        Assert.False(next.CancelRequested);
        Assert.Null(next.FinishedAt);
        Assert.Null(next.Result);
        Assert.Equal(job.Attempts, next.Attempts);
        Assert.Equal(job.Checkpoint, next.Checkpoint);
    }

    [Fact]
    public void Ack_OfTheOldLife_IsStaleInTheNewOne()
    {
        var next = Sample.Job(JobState.DeadLettered).After(new RetryNow());

        Assert.True(next.LeaseToken > Sample.Token);
        Assert.Equal(Verdict.StaleLease, next.Decide(Sample.Fail()).Verdict);
    }

    [Fact]
    public void RetryNow_OfAWaitingJob_MakesItDue()
    {
        var next = Sample.Job(JobState.Retrying).After(new RetryNow());

        Assert.Equal((JobState.Queued, Sample.Now), (next.State, next.DueAt));
        Assert.Equal((1, Sample.Token), (next.Attempt, next.LeaseToken));
    }

    [Fact]
    public void RetryNow_OfAJobThatIsOverdue_KeepsItsPlace()
    {
        var overdue = Sample.Job(JobState.Scheduled) with { DueAt = Sample.Now.AddHours(-3) };
        Assert.Equal(overdue.DueAt, overdue.After(new RetryNow()).DueAt);
    }
}
