using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>A job that ran and waits again was due, whatever the clock says that was set since.</summary>
public sealed class RequeueTests
{
    public static TheoryData<string, JobCommand> WaysBack => new()
    {
        { "lost", new Expire(Sample.Silo, Sample.Token) },
        { "released", new Release(Sample.Token) },
    };

    [Theory]
    [MemberData(nameof(WaysBack))]
    public void JobThatRan_IsDueAtOnce_ThoughTheClockWasSetBack(string way, JobCommand command)
    {
        Assert.NotEmpty(way);
        var next = (Sample.Running with { DueAt = Sample.Now.AddMinutes(10) }).After(command);

        Assert.Equal((JobState.Queued, Sample.Now), (next.State, next.DueAt));
    }

    [Theory]
    [MemberData(nameof(WaysBack))]
    public void JobThatRan_KeepsItsPlace(string way, JobCommand command)
    {
        Assert.NotEmpty(way);
        var dueAt = Sample.Now.AddMinutes(-10);

        Assert.Equal(dueAt, (Sample.Running with { DueAt = dueAt }).After(command).DueAt);
    }
}
