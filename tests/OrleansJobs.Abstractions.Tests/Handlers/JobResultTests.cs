namespace OrleansJobs.Abstractions.Tests.Handlers;

public sealed class JobResultTests
{
    [Fact]
    public void Results_SayWhatIsAskedFor()
    {
        Assert.Equal(JobResultKind.Succeeded, JobResult.Done.Kind);
        Assert.Equal((JobResultKind.Succeeded, 42), (JobResult.Success(42).Kind, JobResult.Success(42).Value));
        Assert.Equal((JobResultKind.Snooze, TimeSpan.FromSeconds(5)), (JobResult.Snooze(TimeSpan.FromSeconds(5)).Kind, JobResult.Snooze(TimeSpan.FromSeconds(5)).Delay));
        Assert.Equal((JobResultKind.Retry, "busy", null), (JobResult.Retry("busy").Kind, JobResult.Retry("busy").Reason, JobResult.Retry("busy").Delay));
        Assert.Equal(TimeSpan.FromHours(1), JobResult.Retry("busy", TimeSpan.FromHours(1)).Delay);
        Assert.Equal((JobResultKind.DeadLetter, "broken"), (JobResult.DeadLetter("broken").Kind, JobResult.DeadLetter("broken").Reason));
        Assert.Equal((JobResultKind.Cancel, "gone"), (JobResult.Cancel("gone").Kind, JobResult.Cancel("gone").Reason));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367)]
    public void Delay_OutOfRange_IsRefused(int days)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JobResult.Snooze(TimeSpan.FromDays(days)));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobResult.Retry("busy", TimeSpan.FromDays(days)));
    }
}
