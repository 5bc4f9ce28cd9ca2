using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class ExpireTests
{
    private static readonly Expire Lost = new(Sample.Silo);

    [Fact]
    public void Expire_PutsTheJobBackWhereItWas_AtTheCostOfItsAttempt()
    {
        var next = Sample.Running.After(Lost);

        Assert.Equal(JobState.Queued, next.State);
        Assert.Equal(Sample.Running.DueAt, next.DueAt);
        Assert.Equal(2, next.Attempt);
        Assert.Equal(1, next.SiloLosses);
        Assert.Equal(JobError.SiloLost, next.LastError!.Type);
        Assert.Contains(Sample.Silo, next.LastError.Message);
        Assert.Equal((2, AttemptOutcome.Lost), (next.Attempts[^1].Number, next.Attempts[^1].Outcome));
    }

    [Fact]
    public void Ack_OfASiloThatWasOnlyCutOff_IsStaleAfterTheExpiry()
    {
        var next = Sample.Running.After(Lost);

        Assert.Equal(Sample.Token + 1, next.LeaseToken);
        Assert.Equal(Verdict.StaleLease, next.Decide(new Complete(Sample.Token, null)).Verdict);
        Assert.Equal(Verdict.StaleLease, next.After(new Start(Sample.OtherSilo)).Decide(new Complete(Sample.Token, null)).Verdict);
    }

    [Fact]
    public void Expire_OfTheLastAttempt_IsDeadLettered()
    {
        var next = (Sample.Running with { Attempt = 3 }).After(Lost);

        Assert.Equal((JobState.DeadLettered, JobError.SiloLost), (next.State, next.LastError!.Type));
        Assert.Equal(Sample.Now, next.FinishedAt);
    }

    [Fact]
    public void Expire_OfTheLastAttempt_SaysThatTheJobIsNotKnownToBeTheCause()
    {
        var next = (Sample.Running with { Attempt = 3 }).After(Lost);

        Assert.Contains("the last of 3 attempts", next.LastError!.Message);
        Assert.Contains("not known to be the cause", next.LastError.Message);
        Assert.False(Suspects.IsConvicted(next));
    }

    [Fact]
    public void Expire_AfterACancelRequest_IsCancelledForTheReasonGiven()
    {
        var next = Sample.Cancelling.After(Lost);

        Assert.Equal((JobState.Cancelled, "not wanted"), (next.State, next.LastError!.Message));
        Assert.Equal(AttemptOutcome.Lost, next.Attempts[^1].Outcome);
    }
}
