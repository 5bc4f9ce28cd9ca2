using FsCheck;
using FsCheck.Fluent;
using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    [InlineData(1)]
    public void Quantile_IsRightToSevenPercentAndAMillisecond(double part) =>
        Prop.ForAll(Times(), times =>
        {
            var histogram = Of(times);
            var exact = times.Order().ElementAt((int)Math.Ceiling(part * times.Length) - 1);
            var off = Math.Abs((histogram.Quantile(part) - exact).TotalMilliseconds);
            return (off <= (exact.TotalMilliseconds * 0.07) + 1).Label($"{histogram.Quantile(part)} for {exact}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Buckets_LieSideBySide_AndCountEverything() =>
        Prop.ForAll(Times(), times =>
        {
            var buckets = Of(times).Buckets();
            return buckets.Sum(bucket => bucket.Count) == times.Length
                && buckets.Zip(buckets.Skip(1)).All(pair => pair.First.Below == pair.Second.From)
                && times.All(time => buckets.Any(bucket => bucket.From <= time && time < bucket.Below));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Subtract_AndTakeBack_UndoWhatWasRecorded() =>
        Prop.ForAll(Times(), Times(), (some, others) =>
        {
            var (rest, apart) = (Of([.. some, .. others]), Of(others.Skip(1)));
            rest.Subtract(apart);
            rest.TakeBack(others[0]);
            var only = Of(some);
            return rest.Summarize(only.Max) == only.Summarize(only.Max);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Empty_IsAllZeros()
    {
        var empty = new LatencyHistogram();
        Assert.Equal(new LatencySummary(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), empty.Summarize(empty.Max));
        Assert.Empty(empty.Buckets());
    }

    [Fact]
    public void Record_OfATimeBeyondAllBuckets_CountsInTheLast()
    {
        var histogram = Of([TimeSpan.FromDays(400), TimeSpan.FromTicks(-5)]);
        Assert.Equal((2, TimeSpan.FromDays(400)), (histogram.Count, histogram.Max));
    }

    private static LatencyHistogram Of(IEnumerable<TimeSpan> times)
    {
        var histogram = new LatencyHistogram();
        foreach (var time in times)
        {
            histogram.Record(time);
        }

        return histogram;
    }

    /// <summary>From a microsecond to a day, all orders of magnitude alike.</summary>
    private static Arbitrary<TimeSpan[]> Times() => Gen.Choose(0, 1_000)
        .Select(n => TimeSpan.FromMicroseconds(Math.Floor(Math.Pow(86_400e6, n / 1_000.0))))
        .NonEmptyListOf()
        .Select(list => list.ToArray())
        .ToArbitrary();
}
