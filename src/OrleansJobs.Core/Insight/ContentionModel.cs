namespace OrleansJobs.Core.Insight;

/// <summary>
/// How run time depends on the number of jobs that run at once, as a straight line through the periods of a history by least squares:
/// run time = base + slope × running. Throughput at N jobs is then N / (base + slope × N), by J. Little's law; with a slope of 0 each slot
/// adds as much as the first, with a base of 0 more slots add nothing (the contention term of N. Gunther's scalability law).
/// </summary>
/// <param name="Base">Seconds that a job would take alone.</param>
/// <param name="Slope">Seconds that each further job that runs adds.</param>
internal readonly record struct ContentionModel(double Base, double Slope)
{
    /// <summary>Periods with ended jobs that a fit needs.</summary>
    private const int MinPoints = 6;

    /// <summary>The span of concurrency that a fit needs, as a part of the highest.</summary>
    private const double MinSpan = 0.3;

    /// <summary>Fits the line; null when the history does not tell: too few periods, or always about as many jobs at once.</summary>
    public static ContentionModel? Fit(IReadOnlyList<HistoryPoint> points)
    {
        var usable = points.Where(point => point.MeanRun > TimeSpan.Zero && point.Running > 0).ToList();
        if (usable.Count < MinPoints)
        {
            return null;
        }

        var (low, high) = (usable.Min(point => point.Running), usable.Max(point => point.Running));
        return high - low < MinSpan * high ? null : Line(usable);
    }

    /// <summary>Jobs per second that so many at once would end.</summary>
    public double ThroughputAt(double running) => running / Math.Max(double.Epsilon, Base + (Slope * running));

    private static ContentionModel Line(List<HistoryPoint> points)
    {
        var meanX = points.Average(point => point.Running);
        var meanY = points.Average(point => point.MeanRun.TotalSeconds);
        var spread = points.Sum(point => (point.Running - meanX) * (point.Running - meanX));
        var common = points.Sum(point => (point.Running - meanX) * (point.MeanRun.TotalSeconds - meanY));
        var slope = Math.Clamp(common / spread, 0, meanY / meanX);
        return new ContentionModel(meanY - (slope * meanX), slope);
    }
}
