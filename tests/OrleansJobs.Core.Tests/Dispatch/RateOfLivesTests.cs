using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Limits;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>A class's rate over many lives of its dispatcher.</summary>
public sealed class RateOfLivesTests
{
    private static readonly TimeSpan Slack = new DispatcherOptions().LongestRateLoss / 2;
    private static readonly Rate OneADay = Rate.Per(TimeSpan.FromDays(1), 1);
    private DateTimeOffset _now = Bench.Start;
    private RateMark? _stored;
    private long _epoch;

    [Fact]
    public void OneADay_WithARestartEveryNight_StartsOneADay()
    {
        var starts = 0;
        for (var day = 0; day < 60; day++)
        {
            var life = NewLife(OneADay);
            for (var hour = 1; hour < 24; hour++)
            {
                _now += TimeSpan.FromHours(1);
                starts += Ask(life);
            }

            _now += TimeSpan.FromHours(1);
        }

        Assert.InRange(starts, 57, 60);
    }

    [Fact]
    public void OneADay_WithARestartRightAfterTheStart_DoesNotStartAgain()
    {
        Ask(NewLife(OneADay));
        _now += TimeSpan.FromDays(1);
        Assert.Equal(1, Ask(NewLife(OneADay)));
        Assert.Equal(0, Ask(NewLife(OneADay)));
        _now += TimeSpan.FromHours(23.9);
        Assert.Equal(0, Ask(NewLife(OneADay)));
    }

    [Fact]
    public void OneADay_IsGrantedOnlyOnceItIsStored()
    {
        Ask(NewLife(OneADay));
        _now += TimeSpan.FromDays(1);
        var life = NewLife(OneADay);
        Renew(life);
        Assert.Empty(life.Dispatch(_now));
        Assert.Null(life.NextWakeAt(_now));

        var mark = life.BeginStoringRate(_now);
        Assert.Equal(new RateMark(OneADay, _now + Slack), mark);
        Assert.Null(life.BeginStoringRate(_now));
        Assert.Empty(life.Dispatch(_now));

        life.EndStoringRate(isStored: false);
        Assert.Equal(mark, life.BeginStoringRate(_now));
        life.EndStoringRate(isStored: true);
        Assert.Single(life.Dispatch(_now).Single().Leases);
        Assert.Null(life.BeginStoringRate(_now));
    }

    [Fact]
    public void OneADay_StoredLongBeforeItIsUsed_IsStoredAgain()
    {
        Ask(NewLife(OneADay));
        _now += TimeSpan.FromDays(1);
        var life = NewLife(OneADay);
        Renew(life);
        life.Dispatch(_now);
        life.BeginStoringRate(_now);
        _now += 2 * Slack;
        life.EndStoringRate(isStored: true);
        Assert.Empty(life.Dispatch(_now));
        Assert.Equal(new RateMark(OneADay, _now + Slack), life.BeginStoringRate(_now));
        life.EndStoringRate(isStored: true);
        Assert.Single(life.Dispatch(_now).Single().Leases);
    }

    [Fact]
    public void OneADay_OfWhichNothingIsStored_BeginsEmptyAndSaysSo()
    {
        var life = NewLife(OneADay);
        Assert.Equal(new RateMark(OneADay, _now), life.BeginStoringRate(_now));
    }

    [Fact]
    public void OtherRateThanTheStoredOne_BeginsEmpty()
    {
        _stored = new RateMark(Rate.Per(TimeSpan.FromDays(1), 2), _now);
        _now += TimeSpan.FromDays(3);
        Assert.Equal(0, Ask(NewLife(OneADay)));
    }

    [Fact]
    public void RateThatBecomesSlow_IsStoredAtOnce()
    {
        var life = NewLife(Rate.PerSecond(10));
        Assert.Null(life.BeginStoringRate(_now));
        life.Apply(new JobClassSettings { Rate = OneADay, Revision = 1 }, _now);
        Assert.NotNull(life.BeginStoringRate(_now));
    }

    [Fact]
    public void QuickRate_BeginsEachLifeEmptyAndIsNotStored()
    {
        var life = NewLife(Rate.PerMinute(1));
        Assert.Equal(0, Ask(life));
        _now += TimeSpan.FromMinutes(1);
        Assert.Equal(1, Ask(life));
        Assert.Null(_stored);
    }

    [Fact]
    public void ClockThatIsSetBack_LosesNoMoreThanAToken()
    {
        Ask(NewLife(OneADay));
        _now -= TimeSpan.FromDays(100);
        Ask(NewLife(OneADay));
        _now += TimeSpan.FromDays(1);
        Assert.Equal(1, Ask(NewLife(OneADay)));
    }

    private Dispatcher NewLife(Rate rate)
    {
        var life = new Dispatcher("email", ++_epoch, new JobClassSettings { Rate = rate }, new DispatcherOptions(), _now, [], _stored);
        for (var job = 1; job <= 3; job++)
        {
            life.Add(new WaitingJob(new JobId(new Guid(job, 0, 0, new byte[8])), "", 5, 1, Bench.Start.AddYears(-1), JobState.Queued), _now);
        }

        return life;
    }

    private void Renew(Dispatcher life) =>
        life.Exchange(new ExchangeRequest { Silo = "a", KnownEpoch = life.Epoch, Permits = 100, Held = [] }, _now);

    /// <summary>The silo asks for jobs, and what has to be stored is; gives how many it got.</summary>
    private int Ask(Dispatcher life)
    {
        Renew(life);
        var granted = Count(life.Dispatch(_now));
        while (life.BeginStoringRate(_now) is { } mark)
        {
            _stored = mark;
            life.EndStoringRate(isStored: true);
            granted += Count(life.Dispatch(_now));
        }

        return granted;
    }

    private static int Count(IReadOnlyList<SiloOrders> orders) => orders.Sum(order => order.Leases.Count);
}
