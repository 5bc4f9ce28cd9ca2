using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Tests;

public sealed class QuarantineTests
{
    private static readonly JobRecord Other = Story.Job with { Id = new JobId(Guid.CreateVersion7()) };

    [Fact]
    public void JobThatRanAlone_IsRightlyConvicted() => Assert.Empty(Check(Alone().At(5, Ended(Story.Job), Convicted())));

    [Fact]
    public void JobThatRanAmongOthers_IsNotToBeConvicted() =>
        Assert.Contains("not alone", Assert.Single(Check(new Story().Starts(1, "S1:1", 1).At(5, Convicted()))).Words);

    [Fact]
    public void JobWhoseSiloAnotherEnded_IsNotToBeConvicted() =>
        Assert.Contains($"for what {Other.Id} did", Assert.Single(Check(Alone().At(5, Ended(Other), Convicted()))).Words);

    [Fact]
    public void HandlerThatBeginsBesideOneThatRunsAlone_IsSeen() =>
        Assert.Single(Check(Alone().Begins(2, "S1:1", 1).At(3, new HandlerBegan("S1:1", Other.Id, Story.JobClass, "t0", 1))));

    [Fact]
    public void JobThatEndsManySilos_HasToBeFound()
    {
        var story = new Story();
        for (var crash = 1; crash <= Quarantine.CrashesToConvict; crash++)
        {
            story.At(crash, Ended(Story.Job));
        }

        Assert.Empty(Check(story));
        Assert.Single(Check(story.At(9, Ended(Story.Job))));
    }

    private static Story Alone() =>
        new Story().At(1, new Stored(Story.Job with { WaitedFor = WaitReason.Alone }, "Start", null));

    private static Stored Convicted() => new(
        Story.Job with { State = JobState.DeadLettered, Version = 3, LeaseToken = 2, LastError = new JobError(JobError.EndsItsSilo, "lost") }, "Expire", null);

    private static SiloEnded Ended(JobRecord job) => new("S1:1", job.Id, Story.JobClass, 1);

    private static IReadOnlyList<Violation> Check(Story story)
    {
        var run = story.Told();
        return [.. new Quarantine().Check(run with { Scenario = run.Scenario with { Faults = new FaultPlan() } })];
    }
}
