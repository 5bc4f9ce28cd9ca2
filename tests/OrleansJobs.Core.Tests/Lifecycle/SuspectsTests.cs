using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

public sealed class SuspectsTests
{
    private static readonly Expire Dead = new(Sample.Silo, SiloIsDead: true);

    private static JobRecord RunningAlone => Waiting(JobLimits.AloneSiloLosses).After(new Start(Sample.Silo, Place: StartPlace.Alone));

    [Theory]
    [InlineData(0, StartPlace.Any, Verdict.Applied)]
    [InlineData(1, StartPlace.Any, Verdict.Applied)]
    [InlineData(2, StartPlace.Any, Verdict.Suspect)]
    [InlineData(2, StartPlace.None, Verdict.Suspect)]
    [InlineData(2, StartPlace.AmongSuspects, Verdict.Applied)]
    [InlineData(2, StartPlace.Alone, Verdict.Applied)]
    [InlineData(3, StartPlace.Any, Verdict.Suspect)]
    [InlineData(3, StartPlace.AmongSuspects, Verdict.Suspect)]
    [InlineData(3, StartPlace.Alone, Verdict.Applied)]
    [InlineData(40, StartPlace.AmongSuspects, Verdict.Suspect)]
    [InlineData(40, StartPlace.Alone, Verdict.Applied)]
    public void Start_OfASuspect_NeedsAPlaceForIt(int losses, StartPlace place, Verdict expected) =>
        Assert.Equal(expected, Waiting(losses).Decide(new Start(Sample.Silo, Place: place)).Verdict);

    [Fact]
    public void Start_WithAPlace_SaysWhichInTheAttempt()
    {
        var alone = RunningAlone;
        var among = Waiting(JobLimits.SuspectSiloLosses).After(new Start(Sample.Silo, WaitedFor: WaitReason.Rate, Place: StartPlace.AmongSuspects));

        Assert.Equal((true, WaitReason.Alone), (alone.RunsAlone, alone.ToSnapshot(Sample.Now).WaitedFor));
        Assert.Equal((false, WaitReason.Suspected), (among.RunsAlone, among.WaitedFor));
        Assert.Equal(JobLimits.AloneSiloLosses, alone.ToSnapshot(Sample.Now).SiloLosses);
    }

    [Fact]
    public void Loss_WhileTheJobRanAlone_ConvictsIt()
    {
        var next = RunningAlone.After(Dead);

        Assert.Equal((JobState.DeadLettered, JobError.EndsItsSilo, 4), (next.State, next.LastError!.Type, next.SiloLosses));
        Assert.Contains("4 times", next.LastError.Message);
        Assert.Contains("it ran alone in the last one, silo-a", next.LastError.Message);
        Assert.True(Suspects.IsConvicted(next));
        Assert.Equal(WaitReason.Alone, next.Attempts[^1].WaitedFor);
    }

    [Fact]
    public void Loss_AmongOthers_ConvictsNobody_HoweverOftenItComes()
    {
        var job = Waiting(0) with { MaxAttempts = JobLimits.MaxAttempts };
        for (var loss = 1; loss <= 50; loss++)
        {
            job = (job with { State = JobState.Running, Silo = Sample.Silo, Attempt = loss, WaitedFor = WaitReason.Suspected }).After(Dead);
            Assert.Equal((JobState.Queued, loss), (job.State, job.SiloLosses));
        }
    }

    [Fact]
    public void Loss_OfALeaseOnASiloThatLives_ConvictsNobody() =>
        Assert.Equal((JobState.Queued, 4), (RunningAlone.After(new Expire(Sample.Silo)).State, RunningAlone.After(new Expire(Sample.Silo)).SiloLosses));

    [Fact]
    public void Loss_AfterTheIsolationHasEnded_ConvictsNobody()
    {
        var joined = RunningAlone.After(new EndIsolation(RunningAlone.LeaseToken));

        Assert.False(joined.RunsAlone);
        Assert.Equal(Verdict.Repeated, joined.Decide(new EndIsolation(joined.LeaseToken)).Verdict);
        Assert.Equal(JobState.Queued, joined.After(Dead).State);
    }

    [Fact]
    public void EndOfIsolation_WithoutTheLiveToken_IsRefused()
    {
        Assert.Equal(Verdict.StaleLease, RunningAlone.Decide(new EndIsolation(Sample.Token)).Verdict);
        Assert.Equal(Verdict.StaleLease, Waiting(3).Decide(new EndIsolation(Sample.Token)).Verdict);
    }

    [Fact]
    public void Loss_OfAJobThatWasCancelled_EndsItAsCancelled()
    {
        var job = RunningAlone.After(new Cancel("enough"));
        Assert.Equal(JobState.Cancelled, job.After(Dead).State);
    }

    [Fact]
    public void LossesThatAnotherJobExplains_CountNoMore_AndAreForgottenAtTheStart()
    {
        var job = Waiting(3, "s1", "s2", "s3");
        HashSet<string> ended = ["s1", "s3"];

        Assert.Equal(Suspicion.Strong, Suspects.Of(job, null));
        Assert.Equal(Suspicion.None, Suspects.Of(job, ended.Contains));
        Assert.Equal(1, job.After(new Start(Sample.Silo, IsExplained: ended.Contains)).SiloLosses);
    }

    [Fact]
    public void LossesOfAnEarlierLife_ExplainNothingOfThisOne()
    {
        var job = Waiting(1, "s1", "s2", "s3");
        HashSet<string> ended = ["s1", "s2"];
        Assert.Equal(1, Suspects.LossesOf(job, ended.Contains));
    }

    [Theory]
    [InlineData(WaitReason.Alone, 5, 2)]
    [InlineData(WaitReason.Alone, 3, 2)]
    [InlineData(WaitReason.Suspected, 2, 1)]
    [InlineData(WaitReason.PoolFull, 5, 5)]
    public void HandlerThatEnds_WhileItWasWatched_LessensTheSuspicion(WaitReason waitedFor, int losses, int expected)
    {
        var job = Sample.Running with { WaitedFor = waitedFor, SiloLosses = losses };

        Assert.Equal(expected, job.After(Sample.Fail()).SiloLosses);
        Assert.Equal(expected, job.After(new Snooze(Sample.Token, TimeSpan.FromMinutes(1))).SiloLosses);
        Assert.Equal(losses, job.After(new Release(Sample.Token)).SiloLosses);
    }

    [Fact]
    public void PutOff_HasAWaitingJobBeDueLater_AtNoCost()
    {
        var job = Waiting(3);
        var next = job.After(new PutOff(TimeSpan.FromSeconds(2)));

        Assert.Equal((JobState.Scheduled, Sample.Now.AddSeconds(2), job.Attempt), (next.State, next.DueAt, next.Attempt));
        Assert.Equal(Verdict.WrongState, Sample.Running.Decide(new PutOff(TimeSpan.FromSeconds(2))).Verdict);
    }

    [Theory]
    [InlineData(5, 60)]
    [InlineData(45, 90)]
    [InlineData(4_000, 300)]
    public void Isolation_IsTwiceAsLongAsTheLongestLostAttempt_InItsBounds(int seconds, int expected)
    {
        var job = Waiting(1) with { Attempts = [Lost("s1", TimeSpan.FromSeconds(seconds))] };
        Assert.Equal(TimeSpan.FromSeconds(expected), Suspects.IsolationOf(job));
    }

    [Fact]
    public void Explain_SaysWhatASuspectWaitsFor()
    {
        Assert.Null(Suspects.Explain(1, null));
        Assert.Equal(WaitReason.Suspected, Suspects.Explain(2, null)!.Reason);
        Assert.Equal(
            (WaitReason.Alone, "The job waits to run alone, because its silo was lost 3 times while it ran."),
            (Suspects.Explain(3, null)!.Reason, Suspects.Explain(3, null)!.Explanation));
    }

    private static JobRecord Waiting(int losses, params string[] silos) => Sample.Job(JobState.Queued) with
    {
        SiloLosses = losses, MaxAttempts = 100, Attempts = [.. silos.Select(silo => Lost(silo, TimeSpan.FromSeconds(5)))],
    };

    private static JobAttempt Lost(string silo, TimeSpan time) => new(1, silo, Sample.Now - time, Sample.Now, AttemptOutcome.Lost, null);
}
