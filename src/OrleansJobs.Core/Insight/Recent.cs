namespace OrleansJobs.Core.Insight;

/// <summary>The last periods of a history, in rates.</summary>
internal sealed record Recent(
    double Seconds, double ArrivalsPerSecond, double StartsPerSecond, double EndsPerSecond, double FinishesPerSecond, double Running)
{
    /// <summary>The last so many whole periods; of a history that has none yet, the one that goes on.</summary>
    public static Recent Of(IReadOnlyList<HistoryPoint> points, int count)
    {
        var whole = points.Count > 1 ? points.Take(points.Count - 1).TakeLast(count).ToList() : [.. points];
        var seconds = Math.Max(1, whole.Count) * ClassHistory.Period.TotalSeconds;
        return new Recent(
            seconds,
            whole.Sum(point => point.Arrived) / seconds,
            whole.Sum(point => point.Started) / seconds,
            whole.Sum(point => point.Ended) / seconds,
            whole.Sum(point => point.Finished) / seconds,
            whole.Count == 0 ? 0 : whole.Average(point => point.Running));
    }
}
