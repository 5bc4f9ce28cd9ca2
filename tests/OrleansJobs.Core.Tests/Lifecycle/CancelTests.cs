using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class CancelTests
{
    [Fact]
    public void Cancel_OfAWaitingJob_EndsItWithTheReason()
    {
        var next = Sample.Job(JobState.Retrying).After(new Cancel("not wanted"));

        Assert.Equal((JobState.Cancelled, new JobError(JobError.Cancelled, "not wanted")), (next.State, next.LastError));
        Assert.Equal(Sample.Now, next.FinishedAt);
        Assert.Single(next.Attempts);
    }

    [Fact]
    public void Cancel_OfARunningJob_AsksItToStopAndRemembersWhy()
    {
        var next = Sample.Running.After(new Cancel("not wanted"));

        Assert.True(next.CancelRequested);
        Assert.Equal((JobState.Running, Sample.Token), (next.State, next.LeaseToken));
        Assert.Equal(new JobError(JobError.Cancelled, "not wanted"), next.LastError);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Cancel_WithoutAReason_SaysThatItWasAskedFor(string? reason)
    {
        var next = Sample.Job(JobState.Queued).After(new Cancel(reason));
        Assert.Equal("Cancelled on request.", next.LastError!.Message);
    }

    [Fact]
    public void Cancel_WithALongReason_CutsIt()
    {
        var next = Sample.Job(JobState.Queued).After(new Cancel(new string('x', 5_000)));
        Assert.Equal(JobLimits.MaxReasonLength, next.LastError!.Message.Length);
    }
}
