namespace OrleansJobs.Core.Insight;

/// <summary>Makes of a history what is shown.</summary>
public static class HistoryView
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
        var (waits, runs) = (new LatencyHistogram(), new LatencyHistogram());
        foreach (var slice in history.Slices)
        {
            AddTo(waits, slice.Waits);
            AddTo(runs, slice.Runs);
        }

        HistoryPoint[] points = [.. history.Slices.Select(slice => slice.ToPoint())];
        return new JobClassHistory
        {
            JobClass = jobClass,
            Period = ClassHistory.Period,
            Points = points,
            OldestWait = facts.OldestWait,
            Wait = waits.Summarize(),
            Run = runs.Summarize(),
            Waits = waits.Buckets(),
            Runs = runs.Buckets(),
            Verdict = Bottleneck.Find(facts with { Points = points }),
        };
    }

    private static void AddTo(LatencyHistogram all, LatencyHistogram? some)
    {
        if (some is not null)
        {
            all.Add(some);
        }
    }
}
