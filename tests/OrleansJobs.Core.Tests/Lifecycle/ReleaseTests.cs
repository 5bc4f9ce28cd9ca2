using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class ReleaseTests
{
    [Fact]
    public void Release_PutsTheJobBackWhereItWas_AtNoCostOfAnAttempt()
    {
        var next = Sample.Running.After(new Release(Sample.Token));

        Assert.Equal(JobState.Queued, next.State);
        Assert.Equal(Sample.Running.DueAt, next.DueAt);
        Assert.Equal(1, next.Attempt);
        Assert.Equal(0, next.SiloLosses);
        Assert.Equal((2, AttemptOutcome.Released), (next.Attempts[^1].Number, next.Attempts[^1].Outcome));
    }

    [Fact]
    public void Release_KeepsTheCheckpointForTheNextSilo()
    {
        var next = Sample.Running.After(new Release(Sample.Token)).After(new Start(Sample.OtherSilo));

        Assert.Equal([1, 2, 3], next.Checkpoint!.Value.ToArray());
        Assert.Equal(Sample.Running.Attempt, next.Attempt);
    }

    [Fact]
    public void Release_AfterACancelRequest_IsCancelledForTheReasonGiven()
    {
        var next = Sample.Cancelling.After(new Release(Sample.Token));
        Assert.Equal((JobState.Cancelled, "not wanted"), (next.State, next.LastError!.Message));
    }
}
