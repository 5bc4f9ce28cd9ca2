namespace OrleansJobs.Abstractions.Tests.Jobs;

public sealed class JobStateExtensionsTests
{
    [Theory]
    [InlineData(JobState.Scheduled, true, false)]
    [InlineData(JobState.Queued, true, false)]
    [InlineData(JobState.Running, false, false)]
    [InlineData(JobState.Retrying, true, false)]
    [InlineData(JobState.Succeeded, false, true)]
    [InlineData(JobState.DeadLettered, false, true)]
    [InlineData(JobState.Cancelled, false, true)]
    public void State_WaitsOrHasEndedOrNeither(JobState state, bool waits, bool hasEnded) =>
        Assert.Equal((waits, hasEnded), (state.IsWaiting(), state.IsTerminal()));
}
