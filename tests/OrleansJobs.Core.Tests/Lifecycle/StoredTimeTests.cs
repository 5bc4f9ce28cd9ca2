using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Core.Submission;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class StoredTimeTests
{
    private static readonly DateTimeOffset Between = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(12_345_678 + 3);

    [Fact]
    public void Cut_DropsWhatIsFinerThanAMicrosecond()
    {
        Assert.Equal(Between.AddTicks(-1), StoredTime.Cut(Between));
        Assert.Equal(StoredTime.Cut(Between), StoredTime.Cut(StoredTime.Cut(Between)));
    }

    [Fact]
    public void RoundUp_IsNeverEarlier() => Assert.Equal(Between.AddTicks(9), StoredTime.RoundUp(Between));

    [Fact]
    public void NewJob_HasTimesThatAStoreKeeps()
    {
        var job = JobFactory.Create(Submission(TimeSpan.FromTicks(55)), 3, Between);

        Assert.All(new[] { job.SubmittedAt, job.DueAt }, time => Assert.Equal(StoredTime.Cut(time), time));
        Assert.True(job.DueAt >= StoredTime.Cut(Between) + TimeSpan.FromTicks(55));
    }

    [Fact]
    public void Transitions_GiveTimesThatAStoreKeeps()
    {
        var job = JobFactory.Create(Submission(null), 3, Between);
        var running = JobLifecycle.Decide(job, new Start("silo"), Between).Next;
        var snoozed = JobLifecycle.Decide(running, new Snooze(running.LeaseToken, TimeSpan.FromTicks(77)), Between.AddTicks(5)).Next;

        Assert.Equal(StoredTime.Cut(running.StartedAt!.Value), running.StartedAt);
        Assert.Equal(StoredTime.Cut(snoozed.DueAt), snoozed.DueAt);
    }

    private static JobSubmission Submission(TimeSpan? delay) =>
        new() { JobClass = "email", Payload = "{}"u8.ToArray(), Options = new SubmitOptions { Delay = delay } };
}
