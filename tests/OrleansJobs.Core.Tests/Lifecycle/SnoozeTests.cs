using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class SnoozeTests
{
    [Fact]
    public void Snooze_WaitsAndCostsNoAttempt()
    {
        var next = Sample.Running.After(new Snooze(Sample.Token, TimeSpan.FromMinutes(2)));

        Assert.Equal(JobState.Scheduled, next.State);
        Assert.Equal(Sample.Now.AddMinutes(2), next.DueAt);
        Assert.Equal(1, next.Attempt);
        Assert.Equal((2, AttemptOutcome.Snoozed), (next.Attempts[^1].Number, next.Attempts[^1].Outcome));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1_000, 366)]
    public void Snooze_OutOfRange_WaitsTheNearestAllowed(int days, int allowed)
    {
        var next = Sample.Running.After(new Snooze(Sample.Token, TimeSpan.FromDays(days)));
        Assert.Equal(Sample.Now.AddDays(allowed), next.DueAt);
    }

    [Fact]
    public void Snooze_AfterACancelRequest_IsCancelledForTheReasonGiven()
    {
        var next = Sample.Cancelling.After(new Snooze(Sample.Token, TimeSpan.FromMinutes(2)));

        Assert.Equal((JobState.Cancelled, "not wanted"), (next.State, next.LastError!.Message));
        Assert.Equal(Sample.Now, next.FinishedAt);
    }
}
