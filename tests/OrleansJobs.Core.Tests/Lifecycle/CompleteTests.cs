using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class CompleteTests
{
    [Fact]
    public void Complete_StoresTheResultAndEndsTheJob()
    {
        var job = Sample.Running with { LastError = Sample.Boom };

        var next = job.After(new Complete(Sample.Token, new byte[] { 4, 2 }));

        Assert.Equal(JobState.Succeeded, next.State);
        Assert.Equal([4, 2], next.Result!.Value.ToArray());
        Assert.Equal(Sample.Now, next.FinishedAt);
        Assert.Null(next.LastError);
        Assert.Null(next.Checkpoint);
        Assert.Equal(job.Progress, next.Progress);
        Assert.Equal(job.Attempts, next.Attempts);
    }

    [Fact]
    public void Complete_AfterACancelRequest_CountsAsDone()
    {
        var next = Sample.Cancelling.After(new Complete(Sample.Token, null));

        Assert.Equal(JobState.Succeeded, next.State);
        Assert.Null(next.LastError);
    }

    [Fact]
    public void Complete_Repeated_KeepsTheFirstResult()
    {
        var done = Sample.Running.After(new Complete(Sample.Token, new byte[] { 1 }));

        var again = done.Decide(new Complete(Sample.Token, new byte[] { 2 }));

        Assert.True(again.IsAccepted);
        Assert.False(again.IsChange);
        Assert.Same(done, again.Next);
    }

    [Fact]
    public void Ack_WithTokenZero_OfAJobThatNeverRan_IsStale()
    {
        var job = Sample.Job(JobState.Queued) with { LeaseToken = 0, Attempt = 0 };
        Assert.False(job.Decide(new Complete(0, null)).IsAccepted);
    }
}
