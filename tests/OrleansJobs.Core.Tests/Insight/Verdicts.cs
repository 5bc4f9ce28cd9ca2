using OrleansJobs.Core.Insight;

namespace OrleansJobs.Core.Tests.Insight;

/// <summary>Facts to make verdicts from.</summary>
internal static class Verdicts
{
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

    /// <summary>Eight attempts among few and a hundred among as many as now, each of which took as long as that makes it.</summary>
    public static ContentionModel Contention(Func<double, double> secondsWith, double few, double many) => new(
        new RunSample(few, secondsWith(few), 0.01 * secondsWith(few), RunSamples.MinCount),
        new RunSample(many, secondsWith(many), 0.01 * secondsWith(many), 100));
}
