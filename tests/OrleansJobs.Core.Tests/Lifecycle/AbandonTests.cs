using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class AbandonTests
{
    [Fact]
    public void Abandon_EndsTheJobWithTheHandlersReason()
    {
        var next = Sample.Running.After(new Abandon(Sample.Token, "the account is gone"));

        var error = new JobError(JobError.Cancelled, "the account is gone");
        Assert.Equal((JobState.Cancelled, error), (next.State, next.LastError));
        Assert.Equal(Sample.Now, next.FinishedAt);
        Assert.Equal((AttemptOutcome.Cancelled, error), (next.Attempts[^1].Outcome, next.Attempts[^1].Error));
    }

    [Fact]
    public void Abandon_AfterACancelRequest_KeepsTheReasonOfWhoAsked()
    {
        var next = Sample.Cancelling.After(new Abandon(Sample.Token, "the token fired"));
        Assert.Equal("not wanted", next.LastError!.Message);
    }

    [Fact]
    public void Abandon_WithALongReason_CutsIt()
    {
        var next = Sample.Running.After(new Abandon(Sample.Token, new string('x', 5_000)));
        Assert.Equal(JobLimits.MaxReasonLength, next.LastError!.Message.Length);
    }
}
