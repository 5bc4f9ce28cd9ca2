using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class ClassHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ClassHistory _history = new(Start);

    [Fact]
    public void Points_HaveNoGaps_AndEndNow()
    {
        _history.Arrived(At(0));
        _history.Arrived(At(17));

        var points = Points(At(21));

        Assert.Equal([At(0), At(5), At(10), At(15), At(20)], points.Select(point => point.At));
        Assert.Equal([1, 0, 0, 1, 0], points.Select(point => point.Arrived));
    }

    [Fact]
    public void Averages_AreOverTheExactTimes()
    {
        _history.Stands(new ClassLoad(10, 2, 4), At(0));
        _history.Stands(new ClassLoad(0, 4, 4), At(4));
        _history.Stands(new ClassLoad(5, 0, 8), At(7));

        var points = Points(At(10));

        Assert.Equal(8, points[0].Waiting, 6);
        Assert.Equal(2.4, points[0].Running, 6);
        Assert.Equal((2 * 4 + 3 * 0) / 5.0, points[1].Running, 6);
        Assert.Equal((2 * 4 + 3 * 8) / 5.0, points[1].Permits, 6);
    }

    [Fact]
    public void Starts_Ends_AndFailures_AreCountedWhereTheyFall()
    {
        _history.Started(TimeSpan.FromSeconds(3), At(1));
        _history.Ended(TimeSpan.FromSeconds(4), failed: true, At(6));
        _history.Ended(TimeSpan.FromSeconds(2), failed: false, At(7));
        _history.Finished(At(7));

        var points = Points(At(8));

        Assert.Equal((1, 0, 0, 0), (points[0].Started, points[0].Ended, points[0].Failed, points[0].Finished));
        Assert.Equal((0, 2, 1, 1), (points[1].Started, points[1].Ended, points[1].Failed, points[1].Finished));
        Assert.Equal(TimeSpan.FromSeconds(3), points[0].MeanWait);
        Assert.Equal(TimeSpan.FromSeconds(3), points[1].MeanRun);
    }

    [Fact]
    public void AStartThatWasNone_IsTakenBack_FromThePeriodItFellInto()
    {
        _history.Started(TimeSpan.FromSeconds(3), At(1));
        _history.Started(TimeSpan.FromSeconds(5), At(2));
        _history.NotStarted(TimeSpan.FromSeconds(3), At(1));
        _history.NotStarted(TimeSpan.FromSeconds(3), At(-7));

        var shown = Show(At(8));

        Assert.Equal([1, 0], shown.Points.Select(point => point.Started));
        Assert.Equal((1, TimeSpan.FromSeconds(5)), (shown.Wait.Count, shown.Points[0].MeanWait));
    }

    [Fact]
    public void AnEndWithoutARunTime_CountsButIsNotMeasured()
    {
        _history.Ended(null, failed: false, At(1));

        var shown = Show(At(2));

        Assert.Equal((1, 0), (shown.Points[0].Ended, (int)shown.Run.Count));
    }

    [Fact]
    public void Latencies_ForgetWhatIsTooLongAgo()
    {
        _history.Started(TimeSpan.FromSeconds(90), At(0));
        _history.Ended(TimeSpan.FromSeconds(90), failed: false, At(0));
        _history.Started(TimeSpan.FromSeconds(2), At(600));

        var shown = Show(At(1_000));

        Assert.Equal((1, TimeSpan.FromSeconds(2)), (shown.Wait.Count, shown.Wait.Max));
        Assert.Equal((0, TimeSpan.Zero), (shown.Run.Count, shown.Run.Max));
        Assert.Equal(1, shown.Waits.Sum(bucket => bucket.Count));
    }

    [Fact]
    public void History_IsBounded()
    {
        for (var second = 0; second < 4_000; second++)
        {
            _history.Arrived(At(second));
        }

        var points = Points(At(4_000));

        Assert.Equal(ClassHistory.MaxSlices, points.Count);
        Assert.Equal(At(4_000 - 5), points[^2].At);
    }

    [Fact]
    public void ALongRest_LeavesOnlyRest()
    {
        _history.Arrived(At(0));
        _history.Stands(new ClassLoad(1, 0, 4), At(0));

        var points = Points(At(1_000_000));

        Assert.InRange(points.Count, ClassHistory.MaxSlices - 1, ClassHistory.MaxSlices);
        Assert.All(points, point => Assert.Equal(0, point.Arrived));
        Assert.Equal(1, points[^2].Waiting, 6);
    }

    [Fact]
    public void ATimeThatRunsBackwards_CountsAsNow()
    {
        _history.Arrived(At(7));
        _history.Arrived(At(3));

        Assert.Equal([0, 2], Points(At(7)).Select(point => point.Arrived));
    }

    private static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private IReadOnlyList<HistoryPoint> Points(DateTimeOffset now) => Show(now).Points;

    private JobClassHistory Show(DateTimeOffset now) => HistoryView.Of("email", _history, Verdicts.Facts(), now);
}
