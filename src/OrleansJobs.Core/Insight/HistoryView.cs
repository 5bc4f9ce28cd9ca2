namespace OrleansJobs.Core.Insight;

/// <summary>Makes of a history what is shown.</summary>
internal static class HistoryView
{
    /// <summary>The history of a class up to now, with the verdict.</summary>
    /// <param name="jobClass">The class.</param>
    /// <param name="history">What was kept of it.</param>
    /// <param name="facts">What else the verdict needs; its points are put in here.</param>
    /// <param name="now">The time.</param>
    public static JobClassHistory Of(string jobClass, ClassHistory history, VerdictFacts facts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        history.Advance(now);
        HistoryPoint[] points = [.. history.Slices.Select(slice => slice.ToPoint())];
        return new JobClassHistory
        {
            JobClass = jobClass,
            Period = ClassHistory.Period,
            Points = points,
            OldestWait = facts.OldestWait,
            Wait = history.Waits.Summarize(Longest(history, slice => slice.Waits)),
            Run = history.Runs.Summarize(Longest(history, slice => slice.Runs)),
            Waits = history.Waits.Buckets(),
            Runs = history.Runs.Buckets(),
            Verdict = Bottleneck.Find(facts with { Points = points }),
        };
    }

    private static TimeSpan Longest(ClassHistory history, Func<HistorySlice, LatencyHistogram> of) =>
        history.Slices.Max(slice => of(slice).Max);
}
