using OrleansJobs.Simulation.Checkers;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Tests;

/// <summary>What the checkers say of courses of events that were once judged wrongly, and of the like that are wrong.</summary>
public sealed class StoryTests
{
    private static readonly Rate Slow = Rate.Per(TimeSpan.FromSeconds(1), 2, 1);

    [Fact]
    public void Liveness_NoSiloIsUp_TakesNothingBackYet() =>
        Assert.Empty(new Liveness().Check(LostJob().Silo(4, "S2:1", SiloChange.Crashed).Silo(8, "S2:1", SiloChange.DeclaredDead)
            .At(30, new CommandAnswered("client", Story.Job.Id, Story.JobClass, "Cancel", null, 2, JobState.Running))
            .Silo(40, "S1:2", SiloChange.Started).Expires(40.1, 2).Told()));

    [Fact]
    public void Liveness_TheOnlySiloIsFrozen_TakesNothingBackYet() =>
        Assert.Empty(new Liveness().Check(LostJob().Silo(5, "S2:1", SiloChange.Froze).Silo(30, "S2:1", SiloChange.DeclaredDead)
            .Silo(40, "S1:2", SiloChange.Started).Expires(40.1, 2).Told()));

    [Fact]
    public void Liveness_SiloThatCameLetsTheJobBe_IsCaught() =>
        Assert.NotEmpty(new Liveness().Check(LostJob().Silo(4, "S2:1", SiloChange.Crashed).Silo(8, "S2:1", SiloChange.DeclaredDead)
            .Silo(40, "S1:2", SiloChange.Started).Expires(50, 2).Told()));

    [Fact]
    public void Liveness_SiloThatIsUpLetsTheJobBe_IsCaught() => Assert.NotEmpty(new Liveness().Check(LostJob().Expires(30, 2).Told()));

    [Fact]
    public void Limits_LifeWithOldSettings_SetsNoRateForTheOther() =>
        Assert.Empty(new Limits().Check(new Story()
            .Silo(0, "S1:1", SiloChange.Started).Silo(0, "S2:1", SiloChange.Started).Life(1, "S1:1", 1, Rate.Unlimited)
            .Slots(2, "S1:1", 2).Life(2, "S2:1", 2, Slow).Silo(3, "S2:1", SiloChange.EndedItself).Serves(20, 1).Serves(20, 1).Told()));

    [Fact]
    public void Limits_NewLifeSpendsTheRateAgain_IsCaught() =>
        Assert.NotEmpty(new Limits().Check(new Story()
            .Silo(0, "S1:1", SiloChange.Started).Slots(0, "S1:1", 2).Life(1, "S1:1", 1, Slow).Serves(20, 1)
            .At(20.1, new DispatcherLife("S1:1", Story.JobClass, 1, Begins: false)).Life(20.1, "S1:1", 2, Slow).Serves(20.2, 2).Told()));

    [Fact]
    public void Limits_GrantUnderWhichNothingBegan_LeavesItsTokenToTheNext() =>
        Assert.Empty(new Limits().Check(new Story()
            .Silo(0, "S1:1", SiloChange.Started).Slots(0, "S1:1", 2).Life(1, "S1:1", 1, Slow).Grants(20, 1).Serves(20.2, 1).Told()));

    [Fact]
    public void Limits_LifeThatGrantsOverItsOwnRate_IsCaughtBesideOneWithout() =>
        Assert.NotEmpty(new Limits().Check(new Story()
            .Silo(0, "S1:1", SiloChange.Started).Life(1, "S1:1", 1, Slow).Life(2, "S2:1", 2, Rate.Unlimited)
            .Slots(3, "S1:1", 2).Silo(3, "S2:1", SiloChange.EndedItself).Serves(20, 1).Serves(20.1, 1).Told()));

    [Fact]
    public void Limits_CapLiftedInTheMomentOfAGrant_HoldsForThatGrantAlone() =>
        Assert.Empty(new Limits().Check(TwoGrants(new JobClassSettings(), laterBeginsFirst: true).Told()));

    [Fact]
    public void Limits_TwoGrantsOverTheCapInOneMoment_AreCaught() =>
        Assert.NotEmpty(new Limits().Check(TwoGrants(new JobClassSettings { MaxConcurrentJobs = 1 }, laterBeginsFirst: false).Told()));

    [Fact]
    public void SingleLease_HandlerBeginsUnderALeaseThatWasSleptThrough_IsCaught() =>
        Assert.NotEmpty(new SingleLease().Check(Sleeper(wakesAt: 10).Begins(10, "S1:1", 1).Told()));

    [Fact]
    public void SingleLease_HandlerBeginsAfterAShortSleep_IsFine() =>
        Assert.Empty(new SingleLease().Check(Sleeper(wakesAt: 6).Begins(6, "S1:1", 1).Told()));

    [Fact]
    public void SingleLease_DeadSiloThatDoesNotKnow_MayBeginBesideAnother() =>
        Assert.Empty(new SingleLease().Check(Sleeper(wakesAt: 6).Silo(6.1, "S1:1", SiloChange.DeclaredDead).Expires(6.2, 2)
            .Starts(6.3, "S2:1", 3).Begins(6.3, "S2:1", 3).Begins(6.4, "S1:1", 1).Told()));

    [Fact]
    public void SingleLease_LiveSiloThatBeginsBesideAnother_IsCaught() =>
        Assert.NotEmpty(new SingleLease().Check(Sleeper(wakesAt: 6).Expires(6.2, 2)
            .Starts(6.3, "S2:1", 3).Begins(6.3, "S2:1", 3).Begins(6.4, "S1:1", 1).Told()));

    [Fact]
    public void Liveness_LeaseForASiloLongDead_IsCaught() =>
        Assert.NotEmpty(new Liveness().Check(LostJob().Expires(3.1, 2).Grants(10, 1, to: "S1:1", by: "S2:1").Told()));

    [Fact]
    public void Liveness_LeaseFromASiloThatHasJustThawed_IsExcused() =>
        Assert.Empty(new Liveness().Check(LostJob().Expires(3.1, 2).Silo(4, "S2:1", SiloChange.Froze).Silo(10, "S2:1", SiloChange.Thawed)
            .Grants(10, 1, to: "S1:1", by: "S2:1").Told()));

    /// <summary>Under a cap of one job, two grants in one moment, with a change of limits between them.</summary>
    private static Story TwoGrants(JobClassSettings between, bool laterBeginsFirst)
    {
        var (first, second) = (Story.Job.Id, new JobId(Guid.CreateVersion7(Engine.World.Beginning.AddSeconds(1))));
        return new Story()
            .Silo(0, "S1:1", SiloChange.Started)
            .At(1, new PoolLimit("S1:1", Story.JobClass, 2), new LimitsInForce("S1:1", Story.JobClass, 1, new JobClassSettings { MaxConcurrentJobs = 1 }))
            .At(2, Grant(first), new LimitsInForce("S1:1", Story.JobClass, 1, between), Grant(second))
            .At(3, Begin(laterBeginsFirst ? second : first), Begin(laterBeginsFirst ? first : second));

        static HandlerBegan Begin(JobId job) => new("S1:1", job, Story.JobClass, "t0", 1);

        static Granted Grant(JobId job) => new("S1:1", job, Story.JobClass, "t0", 1, 5, "S1:1", 1, 1);
    }

    private static Story Sleeper(double wakesAt) => new Story()
        .Silo(0, "S1:1", SiloChange.Started).Silo(0, "S2:1", SiloChange.Started).Starts(1, "S1:1", 1)
        .Silo(1.1, "S1:1", SiloChange.Froze).Silo(wakesAt, "S1:1", SiloChange.Thawed);

    /// <summary>A job runs on a silo, which dies; another is up.</summary>
    private static Story LostJob() => new Story()
        .Silo(0, "S1:1", SiloChange.Started).Silo(0, "S2:1", SiloChange.Started).Starts(1, "S1:1", 1)
        .Silo(2, "S1:1", SiloChange.Crashed).Silo(3, "S1:1", SiloChange.DeclaredDead);
}
