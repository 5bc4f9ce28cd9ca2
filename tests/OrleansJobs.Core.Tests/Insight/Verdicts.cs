using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

/// <summary>Facts to make verdicts from.</summary>
internal static class Verdicts
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A class of 4 slots, all taken, with 100 jobs waiting for 10 s.</summary>
    public static VerdictFacts Facts(WaitReason holds = WaitReason.PoolFull, params IReadOnlyList<HistoryPoint> points) => new()
    {
        Settings = new JobClassSettings { MaxConcurrentJobs = 4, MaxConcurrentJobsPerTenant = 2, Rate = Rate.PerSecond(5) },
        Load = new ClassLoad(100, 4, 4),
        Backlog = 100,
        OldestWait = TimeSpan.FromSeconds(10),
        Holds = holds,
        Points = points,
    };

    /// <summary>Periods with so many running, each job taking as long as that makes it.</summary>
    public static HistoryPoint[] Periods(Func<double, double> secondsWith, params double[] running) =>
    [
        .. running.Select((count, index) => new HistoryPoint
        {
            At = Start + (index * ClassHistory.Period),
            Running = count,
            Permits = count,
            MeanRun = TimeSpan.FromSeconds(secondsWith(count)),
            Ended = (int)Math.Round(ClassHistory.Period.TotalSeconds * count / secondsWith(count)),
        }),
    ];
}
