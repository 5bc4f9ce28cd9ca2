using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;

namespace OrleansJobs.Core.Tests.Quarantine;

public sealed class SiloGateTests
{
    private static readonly TimeSpan Settled = SiloGate.Settling;
    private readonly SiloGate _gate = new();
    private TimeSpan _now = Settled;

    public SiloGateTests()
    {
        _gate.TryEnter(TimeSpan.Zero);
        _gate.Leave(null, TimeSpan.Zero);
    }

    [Fact]
    public void Suspects_HaveFewPlaces_AndTheRestIsPutOff()
    {
        var first = Enter(Suspicion.Some);
        var second = Enter(Suspicion.Some);
        var third = Enter(Suspicion.Some);

        Assert.Equal((StartPlace.AmongSuspects, StartPlace.AmongSuspects, StartPlace.None), (first.Place, second.Place, third.Place));
        Assert.Equal(SiloGate.ShortestDelay, third.Delay);
        Assert.False(_gate.IsClosed);

        _gate.Leave(first, _now);
        Assert.Equal(StartPlace.AmongSuspects, Enter(Suspicion.Some).Place);
    }

    [Fact]
    public void Suspect_ThatWasWatchedLongEnough_GivesItsPlaceToAnother()
    {
        Enter(Suspicion.Some);
        Enter(Suspicion.Some);
        After(JobLimits.MinIsolation);
        Assert.Equal(StartPlace.AmongSuspects, Enter(Suspicion.Some).Place);
    }

    [Fact]
    public void MereSuspects_WaitAtFirst_ForThoseWhoHaveToRunAlone()
    {
        var gate = new SiloGate();
        gate.TryEnter(TimeSpan.Zero);
        Assert.Equal(StartPlace.None, gate.Ask(Job(), Suspicion.Some, TimeSpan.Zero).Place);
        Assert.Equal(StartPlace.Alone, gate.Ask(Job(), Suspicion.Strong, TimeSpan.Zero).Place);
    }

    [Fact]
    public void StrongSuspect_OnAnEmptySilo_RunsAloneAtOnce_AndNothingStartsUntilItHasLeft()
    {
        var alone = Enter(Suspicion.Strong);

        Assert.Equal((StartPlace.Alone, true, true), (alone.Place, _gate.IsClosed, _gate.IsIsolated));
        Assert.False(_gate.TryEnter(_now));

        _gate.Leave(alone, _now);
        Assert.False(_gate.IsClosed);
        Assert.True(_gate.TryEnter(_now));
    }

    [Fact]
    public void StrongSuspect_WaitsUntilTheSiloIsEmpty_WhileNothingStarts()
    {
        _gate.TryEnter(_now);
        _gate.TryEnter(_now);
        var visit = Enter(Suspicion.Strong);

        Assert.Null(visit.Place);
        Assert.False(_gate.TryEnter(_now));
        _gate.Leave(null, _now);
        Assert.Null(visit.Place);
        _gate.Leave(null, _now);
        Assert.Equal(StartPlace.Alone, visit.Place);
    }

    [Fact]
    public void StrongSuspects_RunOneAfterTheOther_BeforeMereOnes()
    {
        _gate.TryEnter(_now);
        _gate.TryEnter(_now);
        _gate.TryEnter(_now);
        var first = _gate.Ask(Job(), Suspicion.Strong, _now);
        var second = _gate.Ask(Job(), Suspicion.Strong, _now);
        var mere = _gate.Ask(Job(), Suspicion.Some, _now);

        Assert.Equal(StartPlace.None, mere.Place);
        _gate.Leave(mere, _now);
        Assert.Equal((StartPlace.Alone, null), (first.Place, second.Place));
        _gate.Leave(first, _now);
        Assert.Equal(StartPlace.Alone, second.Place);
    }

    [Fact]
    public void SiloThatDoesNotBecomeEmpty_StartsJobsAgain_ForFourTimesAsLong()
    {
        _gate.TryEnter(_now);
        var visit = Enter(Suspicion.Strong);
        Assert.Equal(_now + JobLimits.MaxIsolationWait, _gate.NextAt);

        After(JobLimits.MaxIsolationWait);
        Assert.Equal((StartPlace.None, false), (visit.Place, _gate.IsClosed));
        Assert.Equal(SiloGate.LongestDelay, visit.Delay);
        _gate.Leave(visit, _now);

        After((JobLimits.MaxIsolationWait * SiloGate.OpenForClosed) - TimeSpan.FromTicks(1));
        Assert.Equal(StartPlace.None, Enter(Suspicion.Strong).Place);
        After(TimeSpan.FromTicks(1));
        Assert.Null(Enter(Suspicion.Strong).Place);
        Assert.Equal(_now + (2 * JobLimits.MaxIsolationWait), _gate.NextAt);
    }

    [Fact]
    public void Isolation_ThatLastsTooLong_HasToBeEnded_AndEndsOnlyWhenThatIsStored()
    {
        var alone = Enter(Suspicion.Strong);
        Assert.Equal(_now + JobLimits.MinIsolation, _gate.NextAt);

        After(JobLimits.MinIsolation);
        Assert.Equal((true, true), (alone.MustJoin, _gate.IsClosed));
        Assert.Null(_gate.NextAt);

        _gate.Joined(alone, _now);
        Assert.True(_gate.TryEnter(_now));
    }

    [Fact]
    public void ManySuspects_LeaveTheOthersAsMuchTimeAsTheyHad()
    {
        var almost = JobLimits.MaxIsolation - TimeSpan.FromSeconds(1);
        _gate.TryEnter(_now);
        _gate.TryEnter(_now);
        _gate.TryEnter(_now);
        var visits = Enumerable.Range(0, 3).Select(_ => _gate.Ask(Job(almost), Suspicion.Strong, _now)).ToList();

        for (var turn = 0; turn < 2; turn++)
        {
            Assert.Equal(StartPlace.Alone, visits[turn].Place);
            After(almost);
            _gate.Leave(visits[turn], _now);
        }

        Assert.Equal((StartPlace.None, false), (visits[2].Place, _gate.IsClosed));
        _gate.Leave(visits[2], _now);
        After((2 * almost) - TimeSpan.FromTicks(1));
        Assert.Equal(StartPlace.None, Enter(Suspicion.Strong).Place);
        After(TimeSpan.FromTicks(1));
        Assert.Null(Enter(Suspicion.Strong).Place);
    }

    [Fact]
    public void SuspectsThatAreCleared_RunAsAnyOther()
    {
        _gate.TryEnter(_now);
        var waits = Enter(Suspicion.Strong);

        _gate.Acquit(_ => true, _now);

        Assert.Equal((StartPlace.Any, false), (waits.Place, _gate.IsClosed));
    }

    [Fact]
    public void SuspectsThatAreCleared_WhileOneRunsAlone_WaitUntilItDoesSoNoMore()
    {
        _gate.TryEnter(_now);
        _gate.TryEnter(_now);
        var alone = _gate.Ask(Job(), Suspicion.Strong, _now);
        var waits = _gate.Ask(Job(), Suspicion.Strong, _now);
        Assert.Equal((StartPlace.Alone, null), (alone.Place, waits.Place));

        _gate.Acquit(_ => true, _now);

        Assert.Equal((StartPlace.None, SiloGate.ShortestDelay), (waits.Place, waits.Delay));
        Assert.Equal((true, true), (alone.MustJoin, _gate.IsClosed));
        _gate.Joined(alone, _now);
        Assert.False(_gate.IsClosed);
    }

    [Fact]
    public void ManyThatArePutOff_ArePutOffForLonger_InBounds()
    {
        Enter(Suspicion.Some);
        Enter(Suspicion.Some);
        var delays = Enumerable.Range(0, 500).Select(_ => Enter(Suspicion.Some).Delay).ToList();

        Assert.Equal((SiloGate.ShortestDelay, SiloGate.LongestDelay), (delays[0], delays[^1]));
        Assert.Equal(delays.Order(), delays);
    }

    [Fact]
    public void SiloThatDrains_LetsNobodyWait()
    {
        _gate.TryEnter(_now);
        var visit = Enter(Suspicion.Strong);
        _gate.Drain();

        Assert.Equal((StartPlace.None, StartPlace.None), (visit.Place, _gate.Ask(Job(), Suspicion.Strong, _now).Place));
    }

    private static JobRecord Job(TimeSpan lostAfter = default) => new()
    {
        Id = JobId.New(DateTimeOffset.UnixEpoch),
        JobClass = "work",
        SiloLosses = 1,
        Attempts = [new JobAttempt(1, "s", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch + lostAfter, AttemptOutcome.Lost, null)],
    };

    private SiloVisit Enter(Suspicion suspicion)
    {
        Assert.True(_gate.TryEnter(_now));
        return _gate.Ask(Job(), suspicion, _now);
    }

    private void After(TimeSpan time)
    {
        _now += time;
        _gate.Advance(_now);
    }
}
